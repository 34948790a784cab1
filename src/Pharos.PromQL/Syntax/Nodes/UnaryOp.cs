namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>A sign before an expression.</summary>
public enum UnaryOp : byte
{
    Plus,
    Minus,
}
