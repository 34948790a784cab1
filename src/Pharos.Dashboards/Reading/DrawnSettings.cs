using System.Collections.Frozen;

namespace Pharos.Dashboards.Reading;

/// <summary>What the page draws, setting by setting; everything else that a file asks for is listed. Change it together with <c>web/src/charts</c>.</summary>
internal static class DrawnSettings
{
    // Of the panels of before version 7. Where one still is of that kind, the migration has taken them; in a panel of today they mean nothing to Grafana either.
    private static readonly string[] LeftOver =
    [
        "aliasColors", "bars", "breakPoint", "colorBackground", "colorValue", "columns", "combine", "dashes", "dashLength", "dashlength", "decimals", "fill", "fillGradient", "fontSize", "format",
        "gauge", "grid", "hiddenSeries", "legend", "legendType", "lines", "linewidth", "mappingType", "mappingTypes", "nullPointMode", "nullpointmode", "nullText", "pageSize", "percentage",
        "pieType", "pointradius", "points", "postfixFontSize", "prefixFontSize", "rangeMaps", "scroll", "seriesOverrides", "showHeader", "sort", "spaceLength", "spacelength", "sparkline",
        "stack", "steppedLine", "strokeWidth", "styles", "tableColumn", "tooltip", "transform", "valueFontSize", "valueMaps", "valueName", "xaxis", "yaxes", "yaxis",
    ];

    private static readonly string[] Shared = ["legend", "tooltip", "reduceOptions", "text", "orientation"];

    /// <summary>Members of a panel that are read, or that ask for nothing on the screen.</summary>
    public static IReadOnlySet<string> Panel { get; } = Set(
        "id", "type", "title", "description", "gridPos", "transparent", "collapsed", "collapse", "panels", "options", "fieldConfig", "targets", "transformations", "links", "interval",
        "maxDataPoints", "timeFrom", "timeShift", "repeat", "repeatDirection", "maxPerRow", "datasource", "pluginVersion", "editable", "error", "isNew", "key",
        "cacheTimeout", "queryCachingTTL", "hideTimeOverride", "$$hashKey", "uid", "version", "pconfig", "libraryPanel", "scopedVars", "height", "span", "showTitle", "titleSize",
        "timezone", "autoMigrateFrom", "hideControls", "iteration", "tags", "onclick", "fieldOptions", "colors", "cards", "thresholds");

    /// <summary>Members of a panel that are not drawn, with the values that ask for nothing.</summary>
    public static IReadOnlyDictionary<string, string> PanelHarmless { get; } = Map(
        [("graphXAxisMode", "time"), ("alert", ""), ("timeRegions", ""), ("headings", "*"), ("renderer", "flot"), .. LeftOver.Select(static name => (name, "*"))]);

    /// <summary>Members of <c>fieldConfig.defaults</c>.</summary>
    public static IReadOnlySet<string> Field { get; } = Set(
        "unit", "decimals", "min", "max", "displayName", "noValue", "color", "thresholds", "mappings", "links", "custom", "description", "unitScale", "displayNameFromDS");

    /// <summary>Members of <c>fieldConfig.defaults</c> that are not drawn, with the values that ask for nothing.</summary>
    public static IReadOnlyDictionary<string, string> FieldHarmless { get; } =
        Map(("nullValueMode", "connected|null"), ("fieldMinMax", "false"), ("filterable", "*"), ("writeable", "*"), ("path", "*"), ("mappingType", "*"));

    /// <summary>Members of <c>fieldConfig.defaults.custom</c>, also as <c>custom.NAME</c> of an override.</summary>
    public static IReadOnlySet<string> Custom { get; } = Set(
        "drawStyle", "lineInterpolation", "lineWidth", "fillOpacity", "lineStyle", "spanNulls", "showPoints", "pointSize", "stacking", "axisPlacement", "axisLabel", "axisSoftMin",
        "axisSoftMax", "axisCenteredZero", "axisGridShow", "scaleDistribution", "hideFrom", "thresholdsStyle", "transform", "fillBelowTo", "barAlignment", "barWidthFactor", "align",
        "cellOptions", "displayMode", "width", "minWidth", "hidden");

    /// <summary>Members of <c>custom</c> that are not drawn, with the values that ask for nothing.</summary>
    public static IReadOnlyDictionary<string, string> CustomHarmless { get; } =
        Map(("gradientMode", "none|opacity|hue"), ("axisColorMode", "text"), ("axisBorderShow", "false"), ("insertNulls", "false"), ("wrapText", "false"), ("axisWidth", "*"),
            ("barMaxWidth", "*"), ("inspect", "*"), ("filterable", "*"), ("showValues", "false"), ("pointSymbol", "*"), ("lineColor", "*"), ("footer", "*"), ("neutral", "*"), ("wrapHeaderText", "false"));

    /// <summary>Properties of overrides beside those of <c>custom</c>.</summary>
    public static IReadOnlySet<string> OverrideProperty { get; } = Set("unit", "decimals", "min", "max", "displayName", "noValue", "color", "thresholds", "mappings", "links", "description", "unitScale");

    /// <summary>How overrides choose their fields.</summary>
    public static IReadOnlySet<string> Matcher { get; } = Set("byName", "byRegexp", "byFrameRefID", "byType", "byValue", "byNames");

    /// <summary>Transformations.</summary>
    public static IReadOnlySet<string> Transformation { get; } = Set(
        "organize", "merge", "joinByField", "filterFieldsByName", "renameByRegex", "sortBy", "reduce", "groupBy", "calculateField", "labelsToFields");

    /// <summary>Members of a query.</summary>
    public static IReadOnlySet<string> Target { get; } = Set(
        "expr", "legendFormat", "refId", "datasource", "editorMode", "format", "range", "instant", "interval", "intervalFactor", "step", "hide", "metric", "queryType", "target", "key",
        "$$hashKey", "legendLink", "calculatedInterval", "datasourceErrors", "errors", "requestId", "disableTextWrap", "fullMetaSearch", "includeNullMetadata", "useBackend", "builderMode",
        "rawQuery", "query", "groupBy", "select", "policy", "resultFormat", "orderByTime", "tags", "measurement", "dsType", "prometheusWriteFunc", "hideTimeOverride");

    /// <summary>Options of a kind of panel.</summary>
    public static IReadOnlySet<string> OptionsOf(string type) => Options.GetValueOrDefault(type) ?? FrozenSet<string>.Empty;

    /// <summary>Options that are not drawn, with the values that ask for nothing.</summary>
    public static IReadOnlyDictionary<string, string> OptionsHarmless { get; } = Map(
        ("alertThreshold", "*"), ("frameIndex", "0"), ("showPercentChange", "false"), ("percentChangeColorMode", "*"), ("wideLayout", "*"), ("code", "*"), ("timezone", "browser"),
        ("maxVizHeight", "*"), ("minVizHeight", "*"), ("minVizWidth", "*"), ("sizing", "*"), ("filterable", "*"), ("showSearch", "false"), ("footer", "*"), ("dedupStrategy", "*"),
        ("enablePagination", "*"), ("sort", "*"), ("minWidth", "*"), ("frozenColumns", "*"), ("effects", "*"), ("barWidthFactor", "*"), ("barShape", "*"), ("shape", "*"),
        ("endpointMarker", "*"), ("sparkline", "*"), ("segmentCount", "*"), ("segmentSpacing", "*"), ("glow", "*"), ("textMode", "*"), ("neutral", "*"), ("fieldOptions", "*"),
        ("justifyMode", "auto"), ("showThresholdLabels", "false"), ("valueMode", "color|text"), ("namePlacement", "auto"), ("cellHeight", "*"), ("showHeader", "true"),
        ("viewMode", "list"), ("groupMode", "default"), ("dashboardAlerts", "false"), ("showInactiveAlerts", "false"), ("showInstances", "*"), ("showOptions", "current"), ("folderId", "0"),
        ("datasource", "*"));

    private static FrozenDictionary<string, FrozenSet<string>> Options { get; } = new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal)
    {
        ["timeseries"] = Set(Shared),
        ["stat"] = Set([.. Shared, "colorMode", "graphMode", "justifyMode", "textMode"]),
        ["gauge"] = Set([.. Shared, "showThresholdMarkers"]),
        ["bargauge"] = Set([.. Shared, "displayMode", "showUnfilled", "valueMode"]),
        ["table"] = Set([.. Shared, "showHeader", "sortBy"]),
        ["piechart"] = Set([.. Shared, "pieType"]),
        ["text"] = Set("content", "mode"),
        ["alertlist"] = Set("alertName", "maxItems", "sortOrder", "stateFilter"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static FrozenSet<string> Set(params ReadOnlySpan<string> names) => FrozenSet.Create(StringComparer.Ordinal, names);

    private static FrozenDictionary<string, string> Map(params (string Name, string Values)[] entries) =>
        entries.ToFrozenDictionary(static e => e.Name, static e => e.Values, StringComparer.Ordinal);
}
