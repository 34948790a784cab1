namespace Pharos.Rules.Statistics;

/// <summary>How long evaluations took, over all groups. Thread-safe.</summary>
public sealed class RuleStatistics
{
    internal RuleStatistics(TimeProvider time)
    {
        Rules = new DurationStatistics(time);
        Groups = new DurationStatistics(time);
    }

    /// <summary>Single rules.</summary>
    public DurationStatistics Rules { get; }

    /// <summary>Whole groups.</summary>
    public DurationStatistics Groups { get; }
}
