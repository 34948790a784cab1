namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>What a duration expression computes, in seconds.</summary>
public enum DurationOp : byte
{
    /// <summary>A sum, or a signed operand where the left one is absent.</summary>
    Add,

    /// <summary>A difference, or a negated operand where the left one is absent.</summary>
    Sub,

    Mul,
    Div,
    Mod,
    Pow,

    /// <summary><c>step()</c>: the query's step, 0 for an instant query.</summary>
    Step,

    /// <summary><c>range()</c>: from the query's first step to its last, 0 for an instant query.</summary>
    Range,

    MinOf,
    MaxOf,
}
