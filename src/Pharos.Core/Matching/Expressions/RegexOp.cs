namespace Pharos.Core.Matching.Expressions;

/// <summary>What an instruction of a program does.</summary>
internal enum RegexOp : byte
{
    /// <summary>The pattern has matched.</summary>
    Match,

    /// <summary>Goes on at both places, the first one preferred.</summary>
    Split,

    /// <summary>Remembers the position in slot <see cref="RegexInstruction.Argument"/>.</summary>
    Save,

    /// <summary>Goes on when the assertion, a <see cref="RegexNodeKind"/>, holds.</summary>
    Assert,

    /// <summary>Takes the code point <see cref="RegexInstruction.Argument"/>.</summary>
    Rune,

    /// <summary>Takes a code point of the class numbered <see cref="RegexInstruction.Argument"/>.</summary>
    Class,
}
