namespace Pharos.Dashboards.Model;

/// <summary>The kinds of panels that are drawn.</summary>
public static class PanelTypes
{
    /// <summary>A row: a heading with panels.</summary>
    public const string Row = "row";

    /// <summary>A panel whose kind is not drawn, or that has nothing to draw from.</summary>
    public const string Unsupported = "unsupported";

    /// <summary>Those that are drawn from queries.</summary>
    public static IReadOnlySet<string> WithQueries { get; } =
        new HashSet<string>(["timeseries", "stat", "gauge", "bargauge", "table", "piechart"], StringComparer.Ordinal);

    /// <summary>All that are drawn.</summary>
    public static IReadOnlySet<string> Drawn { get; } = new HashSet<string>([.. WithQueries, "text", "alertlist", Row], StringComparer.Ordinal);
}
