using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Server.Api.Ui;

/// <summary>What a rule compares with what: the side that is measured, and the limit where it is a number. Of other expressions the whole is measured.</summary>
/// <param name="Measured">What is drawn.</param>
/// <param name="Limit">Null when it is no number.</param>
internal sealed record RuleCondition(Expr Measured, double? Limit)
{
    public static RuleCondition Of(Expr expression) => Unwrap(expression) switch
    {
        BinaryExpr { ReturnBool: false } comparison when comparison.Op.IsComparison() => (NumberOf(comparison.Left), NumberOf(comparison.Right)) switch
        {
            (null, { } limit) => new RuleCondition(comparison.Left, limit),
            ({ } limit, null) => new RuleCondition(comparison.Right, limit),
            _ => new RuleCondition(comparison.Left, null),
        },

        // "errors > 0.1 and requests > 1": the first is what the rule is about.
        BinaryExpr { Op: BinaryOp.And or BinaryOp.Unless } both => Of(both.Left),
        _ => new RuleCondition(expression, null),
    };

    /// <summary>The names of the metrics that an expression reads, each once.</summary>
    public static IReadOnlyList<string> MetricsOf(Expr expression)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Collect(expression, names);
        return [.. names];
    }

    private static Expr Unwrap(Expr expression) => expression is ParenExpr paren ? Unwrap(paren.Inner) : expression;

    private static double? NumberOf(Expr expression) => Unwrap(expression) switch
    {
        NumberLiteral number => number.Value,
        UnaryExpr { Op: UnaryOp.Minus } negated => -NumberOf(negated.Operand),
        _ => null,
    };

    // Trees are at most as deep as the parser allows.
    private static void Collect(Expr? expression, SortedSet<string> names)
    {
        switch (expression)
        {
            case VectorSelector selector:
                string name = selector.Name.Length > 0 ? selector.Name : selector.Matchers.FirstOrDefault(static m => m is { Name: "__name__", Type: Core.Matching.MatchType.Equal })?.Value ?? "";
                if (name.Length > 0)
                {
                    names.Add(name);
                }

                break;
            case MatrixSelector matrix:
                Collect(matrix.Selector, names);
                break;
            case SubqueryExpr subquery:
                Collect(subquery.Inner, names);
                break;
            case ParenExpr paren:
                Collect(paren.Inner, names);
                break;
            case UnaryExpr unary:
                Collect(unary.Operand, names);
                break;
            case AggregateExpr aggregate:
                Collect(aggregate.Inner, names);
                Collect(aggregate.Parameter, names);
                break;
            case BinaryExpr binary:
                Collect(binary.Left, names);
                Collect(binary.Right, names);
                break;
            case Call call:
                foreach (Expr argument in call.Arguments)
                {
                    Collect(argument, names);
                }

                break;
        }
    }
}
