using Pharos.Config.Http.Client;
using Pharos.Remote.Configuration;

namespace Pharos.Remote.Sending;

/// <summary>How samples are sent, whatever the configuration says. Fixed at start.</summary>
public sealed record RemoteWriteOptions
{
    /// <summary>Where queues remember how far they are. Made when absent.</summary>
    public required string PositionFolder { get; init; }

    /// <summary>The <c>User-Agent</c> of requests.</summary>
    public required string UserAgent { get; init; }

    /// <summary>How long stopping may take to send what is in the log; upstream's <c>--storage.remote.flush-deadline</c>.</summary>
    public TimeSpan FlushDeadline { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether types and units are labels of series.</summary>
    public bool TypeAndUnitLabels { get; init; }

    /// <summary>What targets say about their metric families now.</summary>
    public Func<IReadOnlyCollection<MetricFamilyMetadata>> CollectMetadata { get; init; } = static () => [];

    /// <summary>Makes the connections to a receiver.</summary>
    internal Func<RemoteWriteConfig, TimeProvider, HttpMessageInvoker> Connect { get; init; } = static (config, clock) => HttpClientBuilder.Build(config.Http, clock);
}
