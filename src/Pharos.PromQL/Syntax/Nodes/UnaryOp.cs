namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>A sign before an expression.</summary>
public enum UnaryOp : byte
{
    /// <summary><c>+</c>: nothing changes.</summary>
    Plus,

    /// <summary><c>-</c>: values are negated.</summary>
    Minus,
}
