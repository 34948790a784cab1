using Pharos.Alerting.Alerts;
using Pharos.Alerting.Routing;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Dispatching;

/// <summary>A group of alerts at one moment. Times are milliseconds since the Unix epoch.</summary>
/// <param name="Key">The route's key, a colon and the labels; the same after a restart.</param>
/// <param name="Route">The group's route.</param>
/// <param name="Labels">What its alerts have in common, as the route groups.</param>
/// <param name="Alerts">All of them, those too that ended and were not told yet; sorted as in a message.</param>
/// <param name="NextFlushAt">When its receiver is told next, when there is something to tell.</param>
/// <param name="HasFlushed">Whether its first flush is over.</param>
/// <param name="Explanation">Why the last flush did not tell, or not all; empty when it did or there was nothing to.</param>
/// <param name="HasFailed">Whether the last flush could not be delivered, or an attempt of the one under way failed.</param>
/// <param name="IsFlushing">Whether its receiver is being told now.</param>
public sealed record GroupView(
    string Key, Route Route, Labels Labels, IReadOnlyList<StoredAlert> Alerts, long NextFlushAt, bool HasFlushed, string Explanation, bool HasFailed, bool IsFlushing);
