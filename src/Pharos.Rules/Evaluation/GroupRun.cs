namespace Pharos.Rules.Evaluation;

/// <summary>How the last evaluation of a group went. Immutable.</summary>
/// <param name="StartedAt">By the clock; null before the first.</param>
/// <param name="Duration">Of all of it.</param>
/// <param name="RuleDurations">Of its rules together.</param>
/// <param name="Samples">That the rules gave.</param>
/// <param name="RestoreDuration">Of restoring alerts; null when that was not done.</param>
internal sealed record GroupRun(DateTimeOffset? StartedAt, TimeSpan Duration, TimeSpan RuleDurations, long Samples, TimeSpan? RestoreDuration)
{
    public static GroupRun None { get; } = new(null, TimeSpan.Zero, TimeSpan.Zero, 0, null);
}
