using Pharos.Alerting.Matchers;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Silencing;

/// <summary>Mutes alerts for a time. Immutable. Times are milliseconds since the Unix epoch.</summary>
/// <param name="Id">A UUID; empty for one that is to be made.</param>
/// <param name="Matchers">An alert is muted when all of them hold.</param>
/// <param name="StartsAt">First moment; zero for "now" in one that is to be made.</param>
/// <param name="EndsAt">First moment after it.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="CreatedBy">Who says to have made it.</param>
/// <param name="Comment">Why.</param>
/// <param name="Annotations">Further texts; usually empty.</param>
public sealed record Silence(
    string Id, IReadOnlyList<AlertMatcher> Matchers, long StartsAt, long EndsAt, long UpdatedAt, string CreatedBy, string Comment, Labels Annotations)
{
    public SilenceState StateAt(long time) => time < StartsAt ? SilenceState.Pending : time < EndsAt ? SilenceState.Active : SilenceState.Expired;

    /// <summary>Whether an alert with these labels is meant.</summary>
    public bool Matches(Labels labels) => Matchers.Matches(labels);
}
