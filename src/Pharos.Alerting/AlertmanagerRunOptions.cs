using Pharos.Alerting.Alerts;
using Pharos.Alerting.Silencing;

namespace Pharos.Alerting;

/// <summary>What is fixed at start.</summary>
public sealed record AlertmanagerRunOptions
{
    /// <summary>Where silences and the notification log are kept; made when it is not there.</summary>
    public required string Folder { get; init; }

    /// <summary>Longest time that a notification is remembered.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(120);

    public SilenceOptions Silences { get; init; } = new();

    public AlertStoreOptions Alerts { get; init; } = new();

    /// <summary>How long messages under way may take to end when the configuration changes or the server stops.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(2);
}
