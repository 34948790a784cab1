using Pharos.Core.Labels;

namespace Pharos.Alerting.Receivers;

/// <summary>What a message is about, beside its alerts. Immutable.</summary>
public sealed record NotificationGroup
{
    /// <summary>The receiver's name.</summary>
    public required string Receiver { get; init; }

    /// <summary>The route's key, a colon and the group's labels: <c>{}/{severity="critical"}:{alertname="Down"}</c>.</summary>
    public required string Key { get; init; }

    /// <summary>What the alerts are grouped by.</summary>
    public Labels Labels { get; init; } = Labels.Empty;

    /// <summary>The route's labels, expanded already.</summary>
    public Labels RouteLabels { get; init; } = Labels.Empty;

    /// <summary>Why it is sent, in upstream's words: <c>first notification</c>, <c>new alerts added</c>, <c>some alerts resolved</c>, <c>all alerts resolved</c>, <c>repeat interval elapsed</c>.</summary>
    public string Reason { get; init; } = "unknown";

    /// <summary>When it was decided to send it, in milliseconds since the Unix epoch: an alert that ended by then is resolved.</summary>
    public long Now { get; init; }
}
