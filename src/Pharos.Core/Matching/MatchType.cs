namespace Pharos.Core.Matching;

/// <summary>How a matcher compares.</summary>
public enum MatchType : byte
{
    /// <summary><c>=</c></summary>
    Equal = 0,

    /// <summary><c>!=</c></summary>
    NotEqual = 1,

    /// <summary><c>=~</c>, the whole value</summary>
    Match = 2,

    /// <summary><c>!~</c>, the whole value</summary>
    NotMatch = 3,
}
