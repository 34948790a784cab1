using Pharos.Core.Labels;

namespace Pharos.Alerting.Notifying;

/// <summary>One message to one integration, delivered or given up. Immutable.</summary>
/// <param name="Time">When it was delivered or given up, in milliseconds since the Unix epoch.</param>
/// <param name="Key">Whom, and about which group.</param>
/// <param name="GroupLabels">The labels of the group.</param>
/// <param name="Alerts">The alerts in it; at most <see cref="MaxAlerts"/> are kept.</param>
/// <param name="AlertCount">How many there were.</param>
/// <param name="IsResolved">Whether it said that all have ended.</param>
/// <param name="Duration">From the first attempt to the end of the last.</param>
/// <param name="Attempts">How many requests it took.</param>
/// <param name="Error">Why it was given up; empty when it was delivered.</param>
public sealed record SentMessage(
    long Time, NotificationKey Key, Labels GroupLabels, IReadOnlyList<SentAlert> Alerts, int AlertCount, bool IsResolved, TimeSpan Duration, int Attempts, string Error)
{
    /// <summary>Most alerts of one message that are kept with it.</summary>
    public const int MaxAlerts = 100;

    public bool IsDelivered => Error.Length == 0;
}
