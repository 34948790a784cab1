using System.Diagnostics;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Planning;

/// <summary>Computes durations that are written as expressions, such as <c>[step() * 2]</c>.</summary>
internal sealed class DurationResolver(QueryWindow window)
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>A duration in milliseconds: the constant, or the value of the expression where there is one.</summary>
    /// <exception cref="QueryException">The value is no duration.</exception>
    public long Milliseconds(long nanoseconds, DurationExpr? expression, bool mayBeNegative)
    {
        if (expression is null)
        {
            return nanoseconds / NanosecondsPerMillisecond;
        }

        double seconds = Evaluate(expression);
        string? problem = !double.IsFinite(seconds) ? "duration is NaN or infinite"
            : seconds <= 0 && !mayBeNegative ? "duration must be greater than 0"
            : Math.Abs(seconds) > long.MaxValue / 1e9 ? "duration is out of range"
            : null;
        return problem is null ? (long)(seconds * 1000) : throw Bad(expression, problem);
    }

    private static QueryException Bad(Expr expression, string problem) =>
        new(QueryErrorKind.BadData, $"{expression.Position.Start}:{expression.Position.End}: {problem}");

    private double Evaluate(Expr expression)
    {
        if (expression is NumberLiteral number)
        {
            return number.Value;
        }

        var duration = (DurationExpr)expression;
        double left = duration.Left is null ? 0 : Evaluate(duration.Left);
        double right = duration.Right is null ? 0 : Evaluate(duration.Right);
        return duration.Op switch
        {
            DurationOp.Step => window.StepMs / 1000.0,
            DurationOp.Range => window.RangeSeconds,
            DurationOp.MinOf => Elementwise.Min(left, right),
            DurationOp.MaxOf => Elementwise.Max(left, right),
            DurationOp.Add => left + right,
            DurationOp.Sub => left - right,
            DurationOp.Mul => left * right,
            DurationOp.Div => right == 0 ? throw Bad(expression, "division by zero") : left / right,
            DurationOp.Mod => right == 0 ? throw Bad(expression, "modulo by zero") : left % right,
            DurationOp.Pow => Math.Pow(left, right),
            _ => throw new UnreachableException($"duration operator {duration.Op}"),
        };
    }
}
