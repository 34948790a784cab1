namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>A binary operator.</summary>
public enum BinaryOp : byte
{
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    Pow,
    Atan2,
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,

    /// <summary><c>&lt;/</c>: the observations of a native histogram below a bound.</summary>
    TrimUpper,

    /// <summary><c>&gt;/</c>: the observations of a native histogram above a bound.</summary>
    TrimLower,

    And,
    Or,
    Unless,
}
