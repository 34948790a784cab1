namespace Pharos.Core.Matching.Expressions;

/// <summary>What is known of a match.</summary>
internal enum Verdict : byte
{
    Open,
    No,
    Yes,
}
