namespace Pharos.Core.Matching.Expressions;

/// <summary>What a node of an expression matches.</summary>
internal enum RegexNodeKind : byte
{
    /// <summary>The empty text.</summary>
    Empty,

    /// <summary>A run of characters, as written.</summary>
    Literal,

    /// <summary>One character of a class; an empty class matches nothing.</summary>
    Class,

    BeginText,
    EndText,
    BeginLine,
    EndLine,
    WordBoundary,
    NoWordBoundary,

    /// <summary>Its child, whose place is remembered.</summary>
    Capture,

    /// <summary>Its child, a number of times.</summary>
    Repeat,

    /// <summary>All children one after the other.</summary>
    Concat,

    /// <summary>One of the children, the first one preferred.</summary>
    Alternate,
}
