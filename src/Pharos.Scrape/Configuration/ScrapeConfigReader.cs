using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Printing;
using Pharos.Config.Relabeling;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;
using Pharos.Discovery;

namespace Pharos.Scrape.Configuration;

/// <summary>Reads scrape jobs.</summary>
public static class ScrapeConfigReader
{
    /// <summary>The jobs of a file's <c>scrape_configs</c>, each with what it inherits. Job names are compared by the caller.</summary>
    public static IReadOnlyList<ScrapeConfig> ReadScrapeConfigs(this YamlMapping map, ScrapeDefaults defaults) =>
        map.Sections("scrape_configs", "config.ScrapeConfig", job => Read(job, defaults), "empty or null scrape config section");

    private static ScrapeConfig Read(YamlMapping map, ScrapeDefaults defaults)
    {
        string name = map.String("job_name", always: true);
        if (name.Length == 0)
        {
            map.Refuse("job_name", "job_name is empty");
        }

        ScrapeConfig config = ReadLimits(map, ReadTarget(map, ReadTiming(map, name, defaults), defaults), defaults);
        config = ReadNaming(map, config, defaults);
        HttpClientConfig http = HttpClientConfig.Read(map);
        IReadOnlyList<RelabelConfig> relabeling = map.RelabelConfigs("relabel_configs", config.NameValidation, "empty or null target relabeling rule in scrape config");
        config = config with
        {
            Http = http,
            RelabelConfigs = relabeling,
            MetricRelabelConfigs = map.RelabelConfigs("metric_relabel_configs", config.NameValidation, "empty or null metric relabeling rule in scrape config"),
            Discovery = map.ReadDiscovery(checkHosts: relabeling.Count == 0),
        };
        return config with { Fingerprint = CanonicalFingerprint.Of(map.Canonical) };
    }

    private static ScrapeConfig ReadTiming(YamlMapping map, string name, ScrapeDefaults defaults)
    {
        bool honorLabels = map.Bool("honor_labels");
        bool honorTimestamps = map.Bool("honor_timestamps", absent: true, always: true);
        bool trackStaleness = map.Bool("track_timestamps_staleness", always: true);
        IReadOnlyDictionary<string, IReadOnlyList<string>> parameters = map.StringListMap("params");
        TimeSpan interval = map.Duration("scrape_interval", defaults.ScrapeInterval, zeroMeansAbsent: true);
        TimeSpan timeout = map.Duration("scrape_timeout", defaults.ScrapeTimeout < interval ? defaults.ScrapeTimeout : interval, zeroMeansAbsent: true);
        if (timeout > interval)
        {
            map.Refuse("scrape_timeout", $"scrape timeout greater than scrape interval for scrape config with job name {ConfigText.Quote(name)}");
        }

        return new ScrapeConfig
        {
            JobName = name,
            HonorLabels = honorLabels,
            HonorTimestamps = honorTimestamps,
            TrackTimestampsStaleness = trackStaleness,
            Params = parameters,
            ScrapeInterval = interval,
            ScrapeTimeout = timeout,
        };
    }

    private static ScrapeConfig ReadTarget(YamlMapping map, ScrapeConfig config, ScrapeDefaults defaults)
    {
        string owner = $"for scrape config with job name {ConfigText.Quote(config.JobName)}";
        bool native = map.InheritedBool("scrape_native_histograms", defaults.ScrapeNativeHistograms);
        IReadOnlyList<ScrapeProtocol> inherited = defaults.ScrapeProtocols ?? (native ? ScrapeProtocolText.DefaultWithProtobuf : ScrapeProtocolText.Default);
        return config with
        {
            ScrapeNativeHistograms = native,
            ScrapeProtocols = map.ReadProtocols(inherited, owner)!,
            FallbackScrapeProtocol = ReadFallback(map, owner),
            AlwaysScrapeClassicHistograms = map.InheritedBool("always_scrape_classic_histograms", defaults.AlwaysScrapeClassicHistograms),
            ConvertClassicHistogramsToNhcb = map.InheritedBool("convert_classic_histograms_to_nhcb", defaults.ConvertClassicHistogramsToNhcb),
            ScrapeFailureLogFile = ReadFailureLog(map, defaults),
            MetricsPath = map.String("metrics_path", "/metrics"),
            Scheme = map.String("scheme", "http"),
            EnableCompression = map.Bool("enable_compression", absent: true, always: true),
        };
    }

    private static ScrapeProtocol ReadFallback(YamlMapping map, string owner)
    {
        ScrapeProtocol fallback = map.Parse("fallback_scrape_protocol", ScrapeProtocol.None, ScrapeProtocol.None, text =>
        {
            ScrapeProtocol protocol = ScrapeProtocolText.Parse(text);
            return text.Length == 0 || protocol != ScrapeProtocol.None ? protocol : throw new FormatException($"invalid fallback_scrape_protocol {owner}: {ScrapeProtocolText.Unknown(text)}");
        }, null);
        map.Record("fallback_scrape_protocol", CanonicalScalar.OfText(fallback.ToText()));
        return fallback;
    }

    private static string ReadFailureLog(YamlMapping map, ScrapeDefaults defaults)
    {
        string path = map.Diagnostics.Resolve(map.Parse("scrape_failure_log_file", "", "", static text => text, "a path"));
        path = path.Length == 0 ? defaults.ScrapeFailureLogFile : path;
        map.Record("scrape_failure_log_file", CanonicalScalar.OfText(path));
        return path;
    }

    private static ScrapeConfig ReadLimits(YamlMapping map, ScrapeConfig config, ScrapeDefaults defaults) => config with
    {
        BodySizeLimit = map.Size("body_size_limit", defaults.BodySizeLimit, zeroMeansAbsent: true),
        SampleLimit = map.Count("sample_limit", defaults.SampleLimit, zeroMeansAbsent: true),
        TargetLimit = map.Count("target_limit", defaults.TargetLimit, zeroMeansAbsent: true),
        LabelLimit = map.Count("label_limit", defaults.LabelLimit, zeroMeansAbsent: true),
        LabelNameLengthLimit = map.Count("label_name_length_limit", defaults.LabelNameLengthLimit, zeroMeansAbsent: true),
        LabelValueLengthLimit = map.Count("label_value_length_limit", defaults.LabelValueLengthLimit, zeroMeansAbsent: true),
        NativeHistogramBucketLimit = map.Count("native_histogram_bucket_limit"),
        NativeHistogramMinBucketFactor = map.Double("native_histogram_min_bucket_factor"),
        KeepDroppedTargets = map.Count("keep_dropped_targets", defaults.KeepDroppedTargets, zeroMeansAbsent: true),
    };

    private static ScrapeConfig ReadNaming(YamlMapping map, ScrapeConfig config, ScrapeDefaults defaults)
    {
        NameValidation? own = map.ReadNameValidation(defaults.NameValidation);
        NameValidation validation = own ?? defaults.NameValidation;
        NameEscaping escaping = map.ReadNameEscaping(own is null ? defaults.NameEscaping : NamingReader.DefaultFor(validation), "scrape config");
        if (escaping == NameEscaping.None && validation != NameValidation.Utf8)
        {
            map.Refuse("metric_name_escaping_scheme", "utf8 metric names requested but validation scheme is not set to UTF8");
        }

        return config with { NameValidation = validation, NameEscaping = escaping, ExtraScrapeMetrics = map.InheritedBool("extra_scrape_metrics", defaults.ExtraScrapeMetrics) };
    }
}
