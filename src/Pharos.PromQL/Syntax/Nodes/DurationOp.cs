namespace Pharos.PromQL.Syntax.Nodes;

/// <summary>What a duration expression computes, in seconds.</summary>
public enum DurationOp : byte
{
    /// <summary>A sum, or a signed operand where the left one is absent.</summary>
    Add,

    /// <summary>A difference, or a negated operand where the left one is absent.</summary>
    Sub,

    /// <summary>A product.</summary>
    Mul,

    /// <summary>A quotient; by 0 is an error.</summary>
    Div,

    /// <summary>A remainder; by 0 is an error.</summary>
    Mod,

    /// <summary>A power.</summary>
    Pow,

    /// <summary><c>step()</c>: the query's step, 0 for an instant query.</summary>
    Step,

    /// <summary><c>range()</c>: from the query's first step to its last, 0 for an instant query.</summary>
    Range,

    /// <summary><c>min_of(a, b)</c>: the smaller one.</summary>
    MinOf,

    /// <summary><c>max_of(a, b)</c>: the greater one.</summary>
    MaxOf,
}
