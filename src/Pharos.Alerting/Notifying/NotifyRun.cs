using Pharos.Alerting.Routing;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Notifying;

/// <summary>One flush of a group on its way through the stages. Owned by the flush; stages run one after another.</summary>
/// <param name="route">The group's route.</param>
/// <param name="groupKey">The route's key, a colon and the group's labels.</param>
/// <param name="groupLabels">What the alerts are grouped by.</param>
/// <param name="now">When the flush began, in milliseconds since the Unix epoch: what has ended by then is resolved.</param>
internal sealed class NotifyRun(Route route, string groupKey, Labels groupLabels, long now)
{
    private volatile string _explanation = "";
    private volatile bool _isRetrying;

    public Route Route => route;

    public string GroupKey => groupKey;

    public Labels GroupLabels => groupLabels;

    public long Now => now;

    /// <summary>Why nothing, or not everything, went on; the last stage that had something to say. May be read while stages run.</summary>
    public string Explanation
    {
        get => _explanation;
        set => _explanation = value;
    }

    /// <summary>Whether an attempt failed that is tried again. May be read while stages run.</summary>
    public bool IsRetrying
    {
        get => _isRetrying;
        set => _isRetrying = value;
    }
}
