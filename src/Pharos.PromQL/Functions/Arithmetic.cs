namespace Pharos.PromQL.Functions;

/// <summary>What a binary operator computes or tests on two values; names are those of the syntax tree.</summary>
internal enum Arithmetic
{
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    Pow,
    Atan2,
    TrimUpper,
    TrimLower,
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
}
