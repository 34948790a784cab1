namespace Pharos.Core.Matching.Expressions;

/// <summary>What assertions need to know of a character.</summary>
internal enum RuneKind : byte
{
    Other,
    Word,
    LineFeed,

    /// <summary>Before the start or behind the end of the text.</summary>
    Outside,
}
