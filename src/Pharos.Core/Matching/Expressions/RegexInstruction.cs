namespace Pharos.Core.Matching.Expressions;

/// <summary>A step of a compiled expression.</summary>
/// <param name="Op">What it does.</param>
/// <param name="Next">Where the program goes on.</param>
/// <param name="Argument">Depends on the operation; of a split the second place.</param>
internal readonly record struct RegexInstruction(RegexOp Op, int Next, int Argument);
