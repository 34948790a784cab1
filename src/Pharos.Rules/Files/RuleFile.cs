namespace Pharos.Rules.Files;

/// <summary>A rule file that was read and checked.</summary>
/// <param name="Path">As it was found.</param>
/// <param name="Groups">In the order of the file.</param>
public sealed record RuleFile(string Path, IReadOnlyList<RuleGroupConfig> Groups)
{
    /// <summary>How many rules all groups have.</summary>
    public int RuleCount => Groups.Sum(static g => g.Rules.Count);
}
