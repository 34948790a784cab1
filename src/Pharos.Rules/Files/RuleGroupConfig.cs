namespace Pharos.Rules.Files;

/// <summary>Rules that are evaluated one after another, at one time.</summary>
public sealed record RuleGroupConfig
{
    /// <summary>Unique in its file.</summary>
    public required string Name { get; init; }

    /// <summary>Between two evaluations; null means the global evaluation interval.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How far back the evaluation looks; null means the global offset.</summary>
    public TimeSpan? QueryOffset { get; init; }

    /// <summary>The most series or alerts a rule may give; 0 means no limit.</summary>
    public int Limit { get; init; }

    /// <summary>Set on the results of all rules. Sorted by name.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new SortedDictionary<string, string>();

    /// <summary>In the order of evaluation.</summary>
    public IReadOnlyList<RuleConfig> Rules { get; init; } = [];
}
