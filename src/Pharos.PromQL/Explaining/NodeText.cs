using System.Globalization;
using System.Text;
using Pharos.Core.Time;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.PromQL.Syntax.Printing;

namespace Pharos.PromQL.Explaining;

/// <summary>How nodes and what is said of them are written.</summary>
internal static class NodeText
{
    private const int MaxBytes = 500;

    public static ExplainedNodeKind KindOf(Expr expression) => expression switch
    {
        VectorSelector => ExplainedNodeKind.Selector,
        MatrixSelector => ExplainedNodeKind.RangeSelector,
        SubqueryExpr => ExplainedNodeKind.Subquery,
        Call => ExplainedNodeKind.Function,
        AggregateExpr => ExplainedNodeKind.Aggregation,
        NumberLiteral => ExplainedNodeKind.Number,
        StringLiteral => ExplainedNodeKind.Text,
        _ => ExplainedNodeKind.Operator,
    };

    /// <summary>What a node adds to its operands.</summary>
    public static string TitleOf(Expr expression) => expression switch
    {
        Call call => call.Function.Name,
        AggregateExpr aggregate => Printer.PrintHead(aggregate).Trim(),
        BinaryExpr binary => Printer.PrintOperator(binary).Trim(),
        UnaryExpr unary => unary.Op == UnaryOp.Minus ? "-" : "+",
        SubqueryExpr subquery => Printer.PrintSuffix(subquery).Trim(),
        _ => Of(expression),
    };

    /// <summary>The expression on one line; what is very long is cut.</summary>
    public static string Of(Expr expression)
    {
        if (!Printer.IsLongerThan(expression, MaxBytes))
        {
            return expression.ToString();
        }

        // Of a long expression only the outermost is said: all texts of a deep one together would be its square.
        return expression switch
        {
            VectorSelector { Name.Length: > 0 and <= MaxBytes } selector => $"{selector.Name}{{…}}",
            VectorSelector or MatrixSelector => "{…}",
            StringLiteral => "\"…\"",
            SubqueryExpr subquery => $"(…){Printer.PrintSuffix(subquery)}",
            Call call => $"{call.Function.Name}(…)",
            AggregateExpr aggregate => $"{aggregate.Op.Text()}(…)",
            BinaryExpr binary => $"… {binary.Op.Text()} …",
            _ => "…",
        };
    }

    public static string Duration(long milliseconds) => PrometheusDuration.Format(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>A number as people read it: six digits at most.</summary>
    public static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : double.IsNaN(value) ? "NaN"
        : value.ToString("G6", CultureInfo.InvariantCulture);

    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    public static string Series(long count) => Count(count, "series", "series");

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string List(IReadOnlyList<string> words)
    {
        var text = new StringBuilder();
        for (int i = 0; i < words.Count; i++)
        {
            text.Append(i == 0 ? "" : i == words.Count - 1 ? " and " : ", ").Append(words[i]);
        }

        return text.ToString();
    }

    public static string Time(long milliseconds) => milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms")
        : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
