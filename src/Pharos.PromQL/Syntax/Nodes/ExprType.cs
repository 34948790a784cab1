namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>What an expression evaluates to: upstream's <c>ValueType</c>.</summary>
public enum ExprType : byte
{
    /// <summary>Nothing: of what does not parse.</summary>
    None,

    /// <summary>An instant vector: a value a series at one time.</summary>
    Vector,

    /// <summary>A number.</summary>
    Scalar,

    /// <summary>A range vector: several samples a series.</summary>
    Matrix,

    /// <summary>A string.</summary>
    String,
}
