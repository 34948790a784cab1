namespace Pharos.Rules.Statistics;

/// <summary>What a group did so far, for the server's own metrics. Immutable. Counters go on over reloads for as long as the group is there.</summary>
public sealed record RuleGroupStatistics
{
    /// <summary>The path of its file.</summary>
    public required string File { get; init; }

    /// <summary>Unique in its file.</summary>
    public required string Name { get; init; }

    /// <summary>Between two evaluations.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How many rules it has.</summary>
    public required int Rules { get; init; }

    /// <summary>Evaluations of rules that were begun.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Those of them that failed.</summary>
    public required long EvaluationFailures { get; init; }

    /// <summary>Evaluations of the group that were due, the missed ones included.</summary>
    public required long Iterations { get; init; }

    /// <summary>Those that fell out because the one before took too long.</summary>
    public required long IterationsMissed { get; init; }

    /// <summary>Samples that the rules gave at the last evaluation, staleness markers not counted.</summary>
    public required long LastSamples { get; init; }

    /// <summary>When the last evaluation began; null before the first.</summary>
    public required DateTimeOffset? LastEvaluation { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan LastDuration { get; init; }

    /// <summary>How long its rules took, together.</summary>
    public required TimeSpan LastRuleDurations { get; init; }

    /// <summary>How long it took to restore its alerts; null when nothing was to be restored, or not yet.</summary>
    public required TimeSpan? RestoreDuration { get; init; }
}
