namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>A number, or a duration written where a number is expected (its value is in seconds then).</summary>
public sealed class NumberLiteral : Expr
{
    /// <summary>A number; of a duration its seconds.</summary>
    public NumberLiteral(double value, PositionRange position, bool isDuration = false)
        : base(ExprType.Scalar, position)
    {
        Value = value;
        IsDuration = isDuration;
    }

    /// <summary>The number, in seconds where it is written as a duration.</summary>
    public double Value { get; }

    /// <summary>Written as a duration, such as <c>5m</c>, and printed so.</summary>
    public bool IsDuration { get; }
}
