using System.Collections.Frozen;
using System.Diagnostics;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>Finds the expressions whose value does not depend on the step: constants and what looks at a fixed time only.</summary>
internal sealed class StepInvariance
{
    // Their value changes with the time of evaluation even when their arguments do not.
    private static readonly FrozenSet<string> Unsafe = FrozenSet.ToFrozenSet(
    [
        "days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour", "minute", "month", "year", "predict_linear", "time", "timestamp",
    ],
    StringComparer.Ordinal);

    private readonly Dictionary<Expr, bool> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether the expression has one value for all steps.</summary>
    public bool Holds(Expr expression)
    {
        if (!_known.TryGetValue(expression, out bool holds))
        {
            holds = Examine(expression);
            _known.Add(expression, holds);
        }

        return holds;
    }

    private bool Examine(Expr expression) => expression switch
    {
        NumberLiteral or StringLiteral => true,
        ParenExpr paren => Holds(paren.Inner),
        UnaryExpr unary => Holds(unary.Operand),
        BinaryExpr binary => Holds(binary.Left) & Holds(binary.Right),
        AggregateExpr aggregate => Holds(aggregate.Inner) && (aggregate.Parameter is null || Holds(aggregate.Parameter)),
        VectorSelector selector => IsFixed(selector),
        MatrixSelector matrix => IsFixed(matrix.Selector),
        SubqueryExpr subquery => IsFixed(subquery),
        Call call => Examine(call),
        _ => throw new UnreachableException($"expression {expression.GetType()}"),
    };

    private bool Examine(Call call)
    {
        if (call.Function.Name == "timestamp" && Unwrap(call.Arguments[0]) is VectorSelector selector)
        {
            return IsFixed(selector);
        }

        return !Unsafe.Contains(call.Function.Name) && call.Arguments.All(Holds);
    }

    /// <summary>The expression without parentheses around it.</summary>
    public static Expr Unwrap(Expr expression)
    {
        while (expression is ParenExpr paren)
        {
            expression = paren.Inner;
        }

        return expression;
    }

    private static bool IsFixed(TimeShiftedExpr shifted) => shifted.Timestamp is not null || shifted.StartOrEnd != AtModifier.None;
}
