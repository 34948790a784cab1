using System.Collections.Frozen;

namespace Pharos.Server.Options;

/// <summary>The names that <c>--enable-feature</c> of Prometheus 3 knows, and what they do here.</summary>
internal static class FeatureNames
{
    public const string ExperimentalFunctions = "promql-experimental-functions";
    public const string DelayedNameRemoval = "promql-delayed-name-removal";
    public const string ExtendedRangeSelectors = "promql-extended-range-selectors";
    public const string BinopFillModifiers = "promql-binop-fill-modifiers";
    public const string TypeAndUnitLabels = "type-and-unit-labels";
    public const string ExemplarStorage = "exemplar-storage";
    public const string MetadataRecords = "metadata-wal-records";
    public const string PerStepStatistics = "promql-per-step-stats";
    public const string UseStartTimestamps = "use-start-timestamps";
    public const string AutoReload = "auto-reload-config";
    public const string OtlpNativeDeltas = "otlp-native-delta-ingestion";

    private const string NotYet = "not yet supported";
    private const string AlwaysOn = "is always on";
    private const string OtherRuntime = "has no meaning here";

    // Null where the name has its meaning.
    private static readonly FrozenDictionary<string, string?> Known = new Dictionary<string, string?>
    {
        [ExperimentalFunctions] = null,
        [DelayedNameRemoval] = null,
        [ExtendedRangeSelectors] = null,
        [BinopFillModifiers] = null,
        [AutoReload] = null,
        [TypeAndUnitLabels] = null,
        [ExemplarStorage] = null,
        [MetadataRecords] = null,
        [PerStepStatistics] = null,
        [OtlpNativeDeltas] = null,
        [UseStartTimestamps] = "only what queries make of start timestamps is built, the store does not keep them yet",
        ["promql-duration-expr"] = AlwaysOn,
        ["promql-at-modifier"] = AlwaysOn,
        ["promql-negative-offset"] = AlwaysOn,
        ["extra-scrape-metrics"] = "set extra_scrape_metrics in the configuration instead",
        ["native-histograms"] = NotYet,
        ["ooo-native-histograms"] = NotYet,
        ["memory-snapshot-on-shutdown"] = NotYet,
        ["concurrent-rule-eval"] = NotYet,
        ["created-timestamp-zero-ingestion"] = NotYet,
        ["xor2-encoding"] = NotYet,
        ["histograms-st-encoding"] = NotYet,
        ["st-synthesis"] = NotYet,
        ["st-storage"] = NotYet,
        ["delayed-compaction"] = NotYet,
        ["otlp-deltatocumulative"] = NotYet,
        ["search-api"] = NotYet,
        ["old-ui"] = OtherRuntime,
        ["use-uncached-io"] = OtherRuntime,
        ["fast-startup"] = OtherRuntime,
        ["auto-gomaxprocs"] = OtherRuntime,
        ["auto-gomemlimit"] = OtherRuntime,
        ["new-service-discovery-manager"] = AlwaysOn,
        ["no-default-scrape-port"] = AlwaysOn,
        ["expand-external-labels"] = AlwaysOn,
        ["agent"] = NotYet,
        ["remote-write-receiver"] = "use --web.enable-remote-write-receiver",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All names, for the nearest one to a misspelt one.</summary>
    public static IEnumerable<string> All => Known.Keys;

    /// <summary>Why a name has no effect; null when it has, or is unknown.</summary>
    public static string? NoEffect(string name) => Known.GetValueOrDefault(name);

    public static bool IsKnown(string name) => Known.ContainsKey(name);
}
