namespace Pharos.Core.Matching.Expressions;

/// <summary>What <c>(?imsU)</c> switches.</summary>
[Flags]
internal enum RegexFlags : byte
{
    None = 0,

    /// <summary><c>i</c>: letters match in any case.</summary>
    FoldCase = 1,

    /// <summary><c>m</c>: <c>^</c> and <c>$</c> also match at line feeds.</summary>
    MultiLine = 2,

    /// <summary><c>s</c>: the dot also matches line feeds.</summary>
    DotMatchesLineFeed = 4,

    /// <summary><c>U</c>: repetitions are lazy, and greedy with a question mark.</summary>
    Ungreedy = 8,
}
