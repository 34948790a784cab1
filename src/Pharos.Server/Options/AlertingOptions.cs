namespace Pharos.Server.Options;

/// <summary>The Alertmanager inside, and how alerts are sent to others.</summary>
internal sealed record AlertingOptions
{
    /// <summary>No queue is longer and no batch larger, in alerts.</summary>
    public const int MostQueued = 1_000_000;

    /// <summary>Null: the one in the folder, else what is built in.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>How long silences are kept after their end, and notifications remembered.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromHours(120);

    /// <summary>Zero: what the store itself allows.</summary>
    public int MaxSilences { get; init; }

    /// <summary>Zero: what the store itself allows.</summary>
    public int MaxSilenceBytes { get; init; }

    /// <summary>Alerts that wait for one Alertmanager outside.</summary>
    public int QueueCapacity { get; init; } = 10_000;

    /// <summary>Alerts in one request.</summary>
    public int BatchSize { get; init; } = 256;

    public bool DrainOnShutdown { get; init; } = true;
}
