using Pharos.Alerting.Alerts;
using Pharos.Alerting.Routing;
using Pharos.Alerting.TimeIntervals;

namespace Pharos.Alerting.Notifying;

/// <summary>Lets nothing go on in the times in which the route is muted, or outside those in which it is active.</summary>
internal sealed class TimeIntervalStage(TimeIntervalTable intervals, AlertmanagerCounters counters) : IGroupStage
{
    public IReadOnlyList<StoredAlert> Filter(NotifyRun run, IReadOnlyList<StoredAlert> alerts)
    {
        IReadOnlyList<string> mutedBy = MutedBy(intervals, run.Route.Options, run.Now);
        if (mutedBy.Count == 0)
        {
            return alerts;
        }

        counters.AddMutedByTime(alerts.Count);
        run.Explanation = $"muted by the time intervals {string.Join(", ", mutedBy)}";
        return [];
    }

    /// <summary>The names of the intervals because of which a route is mute at a moment; none when it is not.</summary>
    public static IReadOnlyList<string> MutedBy(TimeIntervalTable intervals, RouteOptions options, long now)
    {
        IReadOnlyList<string> muted = intervals.Containing(options.MuteTimeIntervals, now);
        bool isOutside = options.ActiveTimeIntervals.Count > 0 && intervals.Containing(options.ActiveTimeIntervals, now).Count == 0;
        return muted.Count > 0 ? muted : isOutside ? options.ActiveTimeIntervals : [];
    }
}
