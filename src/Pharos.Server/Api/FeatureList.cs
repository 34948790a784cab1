using Pharos.PromQL.Syntax.Functions;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Server.Options;

namespace Pharos.Server.Api;

/// <summary>What a client may count on, by upstream's categories and names; what is not there is false, or not named where upstream has no name for its absence.</summary>
internal static class FeatureList
{
    // Words and operators of the language that are neither functions nor behind a switch.
    private static readonly string[] Words = ["bool", "by", "group_left", "group_right", "ignoring", "offset", "on", "without"];
    private static readonly string[] OtherOperators = ["=~", "!~", "@"];

    /// <summary>The categories, sorted, each with its features, sorted.</summary>
    public static SortedDictionary<string, SortedDictionary<string, bool>> Of(ServerOptions options)
    {
        var list = new SortedDictionary<string, SortedDictionary<string, bool>>(StringComparer.Ordinal)
        {
            ["api"] = Api(options),
            ["otlp_receiver"] = Category(("delta_conversion", false), ("native_delta_ingestion", options.Features.Contains(FeatureNames.OtlpNativeDeltas))),
            ["prometheus"] = Category(("agent_mode", false), ("auto_reload_config", options.AutoReloadInterval is not null), ("server_mode", true)),
            ["promql"] = Language(options.Features),
            ["promql_functions"] = Functions(options.Features),
            ["promql_operators"] = Operators(options.Features),
            ["rules"] = Category(("concurrent_rule_eval", false), ("keep_firing_for", true), ("query_offset", true)),
            ["scrape"] = Category(
                ("extra_scrape_metrics", true),
                ("start_timestamp_zero_ingestion", false),
                ("type_and_unit_labels", options.Features.Contains(FeatureNames.TypeAndUnitLabels))),
            ["service_discovery_providers"] = Category(("file", true), ("static", true)),
            ["tsdb"] = Category(
                ("delayed_compaction", false),
                ("exemplar_storage", options.Storage.KeepsExemplars),
                ("histograms_st_encoding", false),
                ("isolation", true),
                ("native_histograms", false),
                ("st_storage", false),
                ("use_uncached_io", false),
                ("xor2_encoding", false)),
        };
        return list;
    }

    private static SortedDictionary<string, bool> Api(ServerOptions options) => Category(
        ("admin", options.Web.EnableAdminApi),
        ("exclude_alerts", true),
        ("label_values_match", true),
        ("lifecycle", options.Web.EnableLifecycle),
        ("openapi_3.1", false),
        ("openapi_3.2", false),
        ("otlp_write_receiver", options.Web.EnableOtlpReceiver),
        ("query_stats", true),
        ("query_warnings", true),
        ("remote_write_receiver", options.Web.EnableRemoteWriteReceiver),
        ("search", false),
        ("time_range_labels", true),
        ("time_range_series", true));

    private static SortedDictionary<string, bool> Language(IReadOnlySet<string> enabled)
    {
        bool extended = enabled.Contains(FeatureNames.ExtendedRangeSelectors);
        bool fills = enabled.Contains(FeatureNames.BinopFillModifiers);
        SortedDictionary<string, bool> language = Category(
            ("anchored", extended),
            ("at_modifier", true),
            ("delayed_name_removal", enabled.Contains(FeatureNames.DelayedNameRemoval)),
            ("duration_expr", true),
            ("fill", fills),
            ("fill_left", fills),
            ("fill_right", fills),
            ("negative_offset", true),
            ("per_query_lookback_delta", true),
            ("per_step_stats", enabled.Contains(FeatureNames.PerStepStatistics)),
            ("smoothed", extended),
            ("subqueries", true),
            ("type_and_unit_labels", enabled.Contains(FeatureNames.TypeAndUnitLabels)));
        foreach (string word in Words)
        {
            language[word] = true;
        }

        return language;
    }

    private static SortedDictionary<string, bool> Functions(IReadOnlySet<string> enabled)
    {
        bool experimental = enabled.Contains(FeatureNames.ExperimentalFunctions);
        return Category([.. FunctionTable.All.Select(f => (f.Name, experimental || !f.IsExperimental))]);
    }

    private static SortedDictionary<string, bool> Operators(IReadOnlySet<string> enabled)
    {
        bool experimental = enabled.Contains(FeatureNames.ExperimentalFunctions);
        return Category(
        [
            .. OtherOperators.Select(static o => (o, true)),
            .. Enum.GetValues<BinaryOp>().Select(static o => (o.Text(), true)),
            .. Enum.GetValues<AggregateOp>().Select(o => (o.Text(), experimental || !o.IsExperimental())),
        ]);
    }

    private static SortedDictionary<string, bool> Category(params ReadOnlySpan<(string Name, bool Enabled)> features)
    {
        var category = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach ((string name, bool enabled) in features)
        {
            category[name] = enabled;
        }

        return category;
    }
}
