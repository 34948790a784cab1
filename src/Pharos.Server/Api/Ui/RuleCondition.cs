using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Server.Api.Ui;

/// <summary>
/// What a rule compares with what: of "errors > 0.1 and requests > 1" the first comparison, with a number on the right whichever side it was written on.
/// Of expressions that compare nothing the whole is measured.
/// </summary>
/// <param name="Measured">What is drawn.</param>
/// <param name="Operator">Null where nothing is compared.</param>
/// <param name="Other">What it is compared with; null where nothing is.</param>
/// <param name="Limit">The value of <paramref name="Other"/>; null when it is no number.</param>
/// <param name="Parts">What is joined by <c>and</c>, <c>or</c> and <c>unless</c>, each with the word before it; the first has none.</param>
internal sealed record RuleCondition(Expr Measured, BinaryOp? Operator, Expr? Other, double? Limit, IReadOnlyList<(Expr Part, string Operator)> Parts)
{
    public static RuleCondition Of(Expr expression)
    {
        var parts = new List<(Expr Part, string Operator)>();
        Split(expression, "", parts);
        BinaryExpr? comparison = parts.Select(static part => Unwrap(part.Part)).OfType<BinaryExpr>().FirstOrDefault(static part => part.Op.IsComparison() && !part.ReturnBool);
        if (comparison is null)
        {
            return new RuleCondition(expression, null, null, null, parts);
        }

        bool isTurned = NumberOf(comparison.Left) is not null && NumberOf(comparison.Right) is null;
        (Expr measured, Expr other) = isTurned ? (comparison.Right, comparison.Left) : (comparison.Left, comparison.Right);
        return new RuleCondition(measured, isTurned ? Turn(comparison.Op) : comparison.Op, other, NumberOf(other), parts);
    }

    /// <summary>Without the parentheses around it.</summary>
    public static Expr Unwrap(Expr expression)
    {
        while (expression is ParenExpr parentheses)
        {
            expression = parentheses.Inner;
        }

        return expression;
    }

    // Of "a and b unless c": a, then b with "and", then c with "unless".
    private static void Split(Expr expression, string op, List<(Expr, string)> parts)
    {
        if (Unwrap(expression) is BinaryExpr binary && binary.Op.IsSet())
        {
            Split(binary.Left, op, parts);
            Split(binary.Right, binary.Op.Text(), parts);
        }
        else
        {
            parts.Add((expression, op));
        }
    }

    private static double? NumberOf(Expr expression) => Unwrap(expression) switch
    {
        NumberLiteral number => number.Value,
        UnaryExpr { Op: UnaryOp.Minus } negated => -NumberOf(negated.Operand),
        _ => null,
    };

    private static BinaryOp Turn(BinaryOp op) => op switch
    {
        BinaryOp.Greater => BinaryOp.Less,
        BinaryOp.Less => BinaryOp.Greater,
        BinaryOp.GreaterOrEqual => BinaryOp.LessOrEqual,
        BinaryOp.LessOrEqual => BinaryOp.GreaterOrEqual,
        _ => op,
    };
}
