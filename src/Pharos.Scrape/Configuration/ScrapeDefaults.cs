using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Scrape.Configuration;

/// <summary>What the <c>global</c> section says about scraping: the values of jobs that say nothing themselves. Limits are 0 for none.</summary>
public sealed record ScrapeDefaults
{
    public TimeSpan ScrapeInterval { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan ScrapeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Null when not configured: then each job's default decides.</summary>
    public IReadOnlyList<ScrapeProtocol>? ScrapeProtocols { get; init; }

    /// <summary>An absolute path, or empty.</summary>
    public string ScrapeFailureLogFile { get; init; } = "";

    public long BodySizeLimit { get; init; }

    public long SampleLimit { get; init; }

    public long TargetLimit { get; init; }

    public long LabelLimit { get; init; }

    public long LabelNameLengthLimit { get; init; }

    public long LabelValueLengthLimit { get; init; }

    public long KeepDroppedTargets { get; init; }

    public NameValidation NameValidation { get; init; } = NameValidation.Utf8;

    public NameEscaping NameEscaping { get; init; } = NameEscaping.None;

    public bool ScrapeNativeHistograms { get; init; }

    public bool ConvertClassicHistogramsToNhcb { get; init; }

    public bool AlwaysScrapeClassicHistograms { get; init; }

    public bool ExtraScrapeMetrics { get; init; }

    /// <summary>Reads the fields from the <c>global</c> section, which holds others too.</summary>
    public static ScrapeDefaults Read(YamlMapping map)
    {
        var initial = new ScrapeDefaults();
        TimeSpan interval = map.Duration("scrape_interval", initial.ScrapeInterval, zeroMeansAbsent: true);
        TimeSpan timeout = map.Duration("scrape_timeout", initial.ScrapeTimeout < interval ? initial.ScrapeTimeout : interval, zeroMeansAbsent: true);
        if (timeout > interval)
        {
            map.Refuse("scrape_timeout", "global scrape timeout greater than scrape interval");
        }

        IReadOnlyList<ScrapeProtocol>? protocols = map.ReadProtocols(null, "for global config");
        string failureLog = map.Path("scrape_failure_log_file", isOutput: true);
        var limits = new ScrapeDefaults
        {
            BodySizeLimit = map.Size("body_size_limit"),
            SampleLimit = map.Count("sample_limit"),
            TargetLimit = map.Count("target_limit"),
            LabelLimit = map.Count("label_limit"),
            LabelNameLengthLimit = map.Count("label_name_length_limit"),
            LabelValueLengthLimit = map.Count("label_value_length_limit"),
            KeepDroppedTargets = map.Count("keep_dropped_targets"),
        };
        NameValidation validation = map.ReadNameValidation(NameValidation.Utf8) ?? NameValidation.Utf8;
        return limits with
        {
            ScrapeInterval = interval,
            ScrapeTimeout = timeout,
            ScrapeProtocols = protocols,
            ScrapeFailureLogFile = failureLog,
            NameValidation = validation,
            NameEscaping = map.ReadNameEscaping(NamingReader.DefaultFor(validation), "global"),
            ScrapeNativeHistograms = map.InheritedBool("scrape_native_histograms", false),
            ConvertClassicHistogramsToNhcb = map.Bool("convert_classic_histograms_to_nhcb"),
            AlwaysScrapeClassicHistograms = map.Bool("always_scrape_classic_histograms"),
            ExtraScrapeMetrics = map.InheritedBool("extra_scrape_metrics", false),
        };
    }
}
