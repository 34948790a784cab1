using Pharos.Config.Http;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;
using Pharos.Discovery;

namespace Pharos.Scrape.Configuration;

/// <summary>One scrape job, with what it inherits from the global section filled in. Limits are 0 for none.</summary>
public sealed record ScrapeConfig
{
    public required string JobName { get; init; }

    /// <summary>A label of the exposition wins over the target's of the same name.</summary>
    public bool HonorLabels { get; init; }

    /// <summary>Timestamps of the exposition are kept.</summary>
    public bool HonorTimestamps { get; init; } = true;

    /// <summary>Series with timestamps of their own get staleness markers too.</summary>
    public bool TrackTimestampsStaleness { get; init; }

    /// <summary>Parameters of the request's query.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Params { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public TimeSpan ScrapeInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>At most the interval.</summary>
    public TimeSpan ScrapeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What is asked for, most wanted first.</summary>
    public IReadOnlyList<ScrapeProtocol> ScrapeProtocols { get; init; } = ScrapeProtocolText.Default;

    /// <summary>What an answer without a known content type is taken for; none: it fails the scrape.</summary>
    public ScrapeProtocol FallbackScrapeProtocol { get; init; }

    public bool ScrapeNativeHistograms { get; init; }

    /// <summary>Classic buckets are kept where a native histogram is exposed as well.</summary>
    public bool AlwaysScrapeClassicHistograms { get; init; }

    public bool ConvertClassicHistogramsToNhcb { get; init; }

    /// <summary>An absolute path, or empty.</summary>
    public string ScrapeFailureLogFile { get; init; } = "";

    public string MetricsPath { get; init; } = "/metrics";

    public string Scheme { get; init; } = "http";

    /// <summary>Compressed answers are asked for.</summary>
    public bool EnableCompression { get; init; } = true;

    /// <summary>Bytes of an answer after decompression.</summary>
    public long BodySizeLimit { get; init; }

    /// <summary>Samples after relabelling.</summary>
    public long SampleLimit { get; init; }

    /// <summary>Targets after relabelling.</summary>
    public long TargetLimit { get; init; }

    /// <summary>Labels of a sample.</summary>
    public long LabelLimit { get; init; }

    /// <summary>Bytes of a label name.</summary>
    public long LabelNameLengthLimit { get; init; }

    /// <summary>Bytes of a label value.</summary>
    public long LabelValueLengthLimit { get; init; }

    /// <summary>Buckets of a native histogram.</summary>
    public long NativeHistogramBucketLimit { get; init; }

    /// <summary>The least growth from bucket to bucket of a native histogram; 0: any.</summary>
    public double NativeHistogramMinBucketFactor { get; init; }

    /// <summary>How many dropped targets are remembered for display; 0: all.</summary>
    public long KeepDroppedTargets { get; init; }

    public NameValidation NameValidation { get; init; }

    public NameEscaping NameEscaping { get; init; }

    /// <summary>Store <c>scrape_timeout_seconds</c>, <c>scrape_sample_limit</c> and <c>scrape_body_size_bytes</c> too.</summary>
    public bool ExtraScrapeMetrics { get; init; }

    public HttpClientConfig Http { get; init; } = new();

    public IReadOnlyList<RelabelConfig> RelabelConfigs { get; init; } = [];

    public IReadOnlyList<RelabelConfig> MetricRelabelConfigs { get; init; } = [];

    public IReadOnlyList<DiscoveryConfig> Discovery { get; init; } = [];

    /// <summary>Two jobs that say the same have the same, and others another; inherited values and secrets count.</summary>
    public string Fingerprint { get; init; } = "";
}
