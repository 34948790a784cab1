namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>A binary operator.</summary>
public enum BinaryOp : byte
{
    /// <summary><c>+</c></summary>
    Add,

    /// <summary><c>-</c></summary>
    Sub,

    /// <summary><c>*</c></summary>
    Mul,

    /// <summary><c>/</c></summary>
    Div,

    /// <summary><c>%</c>: the remainder, with the sign of the left side.</summary>
    Mod,

    /// <summary><c>^</c></summary>
    Pow,

    /// <summary><c>atan2</c>: the angle, in radians.</summary>
    Atan2,

    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&lt;/</c>: the observations of a native histogram below a bound.</summary>
    TrimUpper,

    /// <summary><c>&gt;/</c>: the observations of a native histogram above a bound.</summary>
    TrimLower,

    /// <summary><c>and</c>: the series of the left side that have a partner.</summary>
    And,

    /// <summary><c>or</c>: those of the left side, and those of the right side without a partner.</summary>
    Or,

    /// <summary><c>unless</c>: the series of the left side without a partner.</summary>
    Unless,
}
