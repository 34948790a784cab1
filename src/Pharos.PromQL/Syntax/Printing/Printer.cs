using System.Globalization;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Time;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.PromQL.Syntax.Text;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.PromQL.Syntax.Printing;

/// <summary>Writes trees in upstream's canonical form.</summary>
internal sealed class Printer
{
    private readonly StringBuilder _text = new();
    private readonly int _enough;

    private Printer(int enough)
    {
        _enough = enough;
    }

    /// <summary>The whole text.</summary>
    public static string Print(Expr expr)
    {
        var printer = new Printer(int.MaxValue);
        printer.Append(expr);
        return printer._text.ToString();
    }

    /// <summary>Whether the text has more bytes than this. Costs no more than printing so many.</summary>
    public static bool IsLongerThan(Expr expr, int bytes)
    {
        var printer = new Printer(bytes);
        printer.Append(expr);
        return printer._text.Length > bytes || Encoding.UTF8.GetByteCount(printer._text.ToString()) > bytes;
    }

    /// <summary>What stands before the parenthesis of an aggregation.</summary>
    public static string PrintHead(AggregateExpr aggregate)
    {
        var printer = new Printer(int.MaxValue);
        printer.AppendHead(aggregate);
        return printer._text.ToString();
    }

    /// <summary>A binary operator and its modifiers.</summary>
    public static string PrintOperator(BinaryExpr binary)
    {
        var printer = new Printer(int.MaxValue);
        printer.AppendOperator(binary);
        return printer._text.ToString();
    }

    /// <summary>What stands behind the inner expression of a subquery.</summary>
    public static string PrintSuffix(SubqueryExpr subquery)
    {
        var printer = new Printer(int.MaxValue);
        printer.AppendSuffix(subquery);
        return printer._text.ToString();
    }

    private void Append(Expr expr)
    {
        if (_text.Length > _enough)
        {
            return;
        }

        switch (expr)
        {
            case NumberLiteral number:
                AppendNumber(number);
                break;
            case StringLiteral text:
                AppendString(text);
                break;
            case ParenExpr paren:
                _text.Append('(');
                Append(paren.Inner);
                _text.Append(')');
                break;
            case UnaryExpr unary:
                _text.Append(unary.Op == UnaryOp.Minus ? '-' : '+');
                Append(unary.Operand);
                break;
            case BinaryExpr binary:
                Append(binary.Left);
                _text.Append(' ');
                AppendOperator(binary);
                _text.Append(' ');
                Append(binary.Right);
                break;
            case Call call:
                _text.Append(call.Function.Name).Append('(');
                AppendList(call.Arguments);
                _text.Append(')');
                break;
            case AggregateExpr aggregate:
                AppendHead(aggregate);
                _text.Append('(');
                AppendList(aggregate.Parameter is null ? [aggregate.Inner] : [aggregate.Parameter, aggregate.Inner]);
                _text.Append(')');
                break;
            case VectorSelector selector:
                AppendSeries(selector);
                AppendAt(selector);
                AppendExtended(selector);
                AppendOffset(selector);
                break;
            case MatrixSelector matrix:
                AppendMatrix(matrix);
                break;
            case SubqueryExpr subquery:
                Append(subquery.Inner);
                AppendSuffix(subquery);
                break;
            case DurationExpr duration:
                AppendDuration(duration);
                break;
        }
    }

    private void AppendList(IReadOnlyList<Expr> items)
    {
        for (int i = 0; i < items.Count && _text.Length <= _enough; i++)
        {
            if (i > 0)
            {
                _text.Append(", ");
            }

            Append(items[i]);
        }
    }

    private void AppendString(StringLiteral text)
    {
        // Who only asks whether it is long need not see a long one.
        if (text.Bytes.Length > _enough)
        {
            _text.Append('"', _enough).Append('"');
        }
        else
        {
            _text.Append(GoText.Quote(text.Bytes.Span));
        }
    }

    private void AppendNumber(NumberLiteral number)
    {
        if (!number.IsDuration)
        {
            _text.Append(FloatWriter.ToFixedString(number.Value));
            return;
        }

        if (number.Value < 0)
        {
            _text.Append('-');
        }

        AppendNanoseconds((long)(Math.Abs(number.Value) * 1e9));
    }

    private void AppendNanoseconds(long nanoseconds) => _text.Append(PrometheusDuration.Format(new TimeSpan(nanoseconds / TimeSpan.NanosecondsPerTick)));

    private void AppendHead(AggregateExpr aggregate)
    {
        _text.Append(aggregate.Op.Text());
        if (aggregate.Without || aggregate.Grouping.Count > 0)
        {
            AppendLabels(aggregate.Without ? "without" : "by", aggregate.Grouping);
            _text.Append(' ');
        }
    }

    private void AppendOperator(BinaryExpr binary)
    {
        _text.Append(binary.Op.Text());
        if (binary.ReturnBool)
        {
            _text.Append(" bool");
        }

        if (binary.Matching is not { } matching)
        {
            return;
        }

        bool isGrouped = matching.Card is MatchCardinality.ManyToOne or MatchCardinality.OneToMany;
        if (matching.MatchingLabels.Count > 0 || matching.On || isGrouped)
        {
            AppendLabels(matching.On ? "on" : "ignoring", matching.MatchingLabels);
        }

        if (isGrouped)
        {
            AppendLabels(matching.Card == MatchCardinality.ManyToOne ? "group_left" : "group_right", matching.Include);
        }

        if (matching.FillLeft is { } both && both == matching.FillRight)
        {
            AppendFill("fill", both);
            return;
        }

        if (matching.FillLeft is { } left)
        {
            AppendFill("fill_left", left);
        }

        if (matching.FillRight is { } right)
        {
            AppendFill("fill_right", right);
        }
    }

    private void AppendFill(string word, double value) =>
        _text.Append(' ').Append(word).Append(" (").Append(FloatWriter.ToGeneralString(value)).Append(')');

    private void AppendLabels(string word, IReadOnlyList<string> labels)
    {
        _text.Append(' ').Append(word).Append(" (");
        for (int i = 0; i < labels.Count && _text.Length <= _enough; i++)
        {
            if (i > 0)
            {
                _text.Append(", ");
            }

            _text.Append(LabelName.IsLegacy(labels[i]) ? labels[i] : GoQuote.Quote(labels[i]));
        }

        _text.Append(')');
    }

    private void AppendMatrix(MatrixSelector matrix)
    {
        AppendSeries(matrix.Selector);
        _text.Append('[');
        AppendConstantOr(matrix.RangeNanoseconds, matrix.RangeExpr);
        _text.Append(']');
        AppendExtended(matrix.Selector);
        AppendAt(matrix.Selector);
        AppendOffset(matrix.Selector);
    }

    private void AppendSuffix(SubqueryExpr subquery)
    {
        _text.Append('[');
        AppendConstantOr(subquery.RangeNanoseconds, subquery.RangeExpr);
        _text.Append(':');
        if (subquery.StepNanoseconds != 0 || subquery.StepExpr is not null)
        {
            AppendConstantOr(subquery.StepNanoseconds, subquery.StepExpr);
        }

        _text.Append(']');
        AppendAt(subquery);
        AppendOffset(subquery);
    }

    private void AppendConstantOr(long nanoseconds, DurationExpr? expr)
    {
        if (expr is null)
        {
            AppendNanoseconds(nanoseconds);
        }
        else
        {
            AppendDuration(expr);
        }
    }

    private void AppendSeries(VectorSelector selector)
    {
        _text.Append(selector.Name);
        if (IsLongerThanEnough(selector))
        {
            _text.Append('{', _enough).Append('}');
            return;
        }

        List<string> matchers = [];
        foreach (Matcher matcher in selector.Matchers)
        {
            bool isName = matcher.Type == MatchType.Equal && matcher.Name == Label.MetricName && matcher.Value == selector.Name && matcher.Value.Length > 0;
            if (!isName)
            {
                matchers.Add(matcher.ToString());
            }
        }

        if (matchers.Count > 0)
        {
            matchers.Sort(Utf8Ordinal.Comparer);
            _text.Append('{').AppendJoin(',', matchers).Append('}');
        }
    }

    // By a lower bound of the text's length that costs little.
    private bool IsLongerThanEnough(VectorSelector selector)
    {
        long length = selector.Name.Length;
        int shown = selector.Name.Length > 0 ? selector.Matchers.Count - 1 : selector.Matchers.Count;
        for (int i = 0; i < shown && length <= _enough; i++)
        {
            length += selector.Matchers[i].Name.Length + selector.Matchers[i].Value.Length;
        }

        return length > _enough;
    }

    private void AppendAt(TimeShiftedExpr shifted)
    {
        if (shifted.Timestamp is { } timestamp)
        {
            _text.Append(CultureInfo.InvariantCulture, $" @ {timestamp / 1000.0:F3}");
        }
        else if (shifted.StartOrEnd != AtModifier.None)
        {
            _text.Append(shifted.StartOrEnd == AtModifier.Start ? " @ start()" : " @ end()");
        }
    }

    private void AppendExtended(VectorSelector selector)
    {
        if (selector.Anchored || selector.Smoothed)
        {
            _text.Append(selector.Anchored ? " anchored" : " smoothed");
        }
    }

    private void AppendOffset(TimeShiftedExpr shifted)
    {
        if (shifted.OffsetExpr is { } expr)
        {
            _text.Append(" offset ");
            AppendDuration(expr);
        }
        else if (shifted.OffsetNanoseconds != 0)
        {
            _text.Append(" offset ");
            AppendNanoseconds(shifted.OffsetNanoseconds);
        }
    }

    private void AppendDuration(DurationExpr duration)
    {
        if (duration.Wrapped)
        {
            _text.Append('(');
        }

        switch (duration.Op)
        {
            case DurationOp.Step:
                _text.Append("step()");
                break;
            case DurationOp.Range:
                _text.Append("range()");
                break;
            case DurationOp.MinOf or DurationOp.MaxOf:
                _text.Append(duration.Op == DurationOp.MinOf ? "min_of(" : "max_of(");
                AppendList([duration.Left!, duration.Right!]);
                _text.Append(')');
                break;
            default:
                AppendArithmetic(duration);
                break;
        }

        if (duration.Wrapped)
        {
            _text.Append(')');
        }
    }

    private void AppendArithmetic(DurationExpr duration)
    {
        char op = duration.Op switch
        {
            DurationOp.Add => '+',
            DurationOp.Sub => '-',
            DurationOp.Mul => '*',
            DurationOp.Div => '/',
            DurationOp.Mod => '%',
            _ => '^',
        };
        if (duration.Left is not null)
        {
            Append(duration.Left);
            _text.Append(' ').Append(op).Append(' ');
        }
        else if (duration.Op == DurationOp.Sub)
        {
            _text.Append('-');
        }

        Append(duration.Right!);
    }
}
