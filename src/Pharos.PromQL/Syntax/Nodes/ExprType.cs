namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>What an expression evaluates to: upstream's <c>ValueType</c>.</summary>
public enum ExprType : byte
{
    None,
    Vector,
    Scalar,
    Matrix,
    String,
}
