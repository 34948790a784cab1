namespace Pharos.Alerting.Forwarding;

/// <summary>How alerts are sent to Alertmanagers outside; fixed at start.</summary>
public sealed record ForwardingOptions
{
    /// <summary>Most alerts that wait for one Alertmanager; the oldest are dropped for newer ones.</summary>
    public int QueueCapacity { get; init; } = 10_000;

    /// <summary>Most alerts in one request.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Whether what waits is sent before the server ends.</summary>
    public bool DrainOnShutdown { get; init; } = true;

    public string UserAgent { get; init; } = "Pharos";

    /// <summary>Whether a scheme and an address (<c>host:port</c>) are this server's own: they mean the Alertmanager inside, and nothing is sent there.</summary>
    public Func<string, string, bool> IsOwn { get; init; } = static (_, _) => false;

    /// <summary>Changes of what was discovered are followed at most so often.</summary>
    public TimeSpan SyncInterval { get; init; } = TimeSpan.FromSeconds(5);
}
