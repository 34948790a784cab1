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

    private static Expr Unwrap(Expr expression) => expression is ParenExpr paren ? Unwrap(paren.Inner) : expression;

    private static double? NumberOf(Expr expression) => Unwrap(expression) switch
    {
        NumberLiteral number => number.Value,
        UnaryExpr { Op: UnaryOp.Minus } negated => -NumberOf(negated.Operand),
        _ => null,
    };
}
