namespace Pharos.Dashboards.Model;

/// <summary>A dashboard, read and migrated to the newest schema; texts still have their variables. Immutable.</summary>
public sealed record Dashboard
{
    /// <summary>At most 40 characters by Grafana's rule; empty where the file has none.</summary>
    public required string Uid { get; init; }

    /// <summary>Never empty.</summary>
    public required string Title { get; init; }

    /// <summary>May be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The version that the file names; 0 without one.</summary>
    public long Version { get; init; }

    /// <summary>What the file says of itself; where it came from may forbid it.</summary>
    public bool Editable { get; init; } = true;

    /// <summary>The start of the default range, as <c>now-6h</c>.</summary>
    public string From { get; init; } = "now-6h";

    /// <summary>The end of the default range.</summary>
    public string To { get; init; } = "now";

    /// <summary>How often it refreshes, as <c>30s</c>; empty for never.</summary>
    public string Refresh { get; init; } = "";

    /// <summary><c>browser</c>, <c>utc</c>, a name of the time zone database, or empty for the default.</summary>
    public string Timezone { get; init; } = "";

    /// <summary>0 each panel for itself, 1 the crosshair is shared, 2 the tooltip too.</summary>
    public int GraphTooltip { get; init; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<DashboardLink> Links { get; init; } = [];

    /// <summary>Those that are built, in the order of the file.</summary>
    public IReadOnlyList<Variable> Variables { get; init; } = [];

    /// <summary>From top to bottom, then from left to right.</summary>
    public IReadOnlyList<Panel> Panels { get; init; } = [];

    /// <summary>What the file asks for and is not drawn, that of the panels included.</summary>
    public IReadOnlyList<DashboardProblem> Problems { get; init; } = [];

    /// <summary>How many panels there are, those in collapsed rows included and rows left out.</summary>
    public int PanelCount => Panels.Sum(static panel => panel.Type == PanelTypes.Row ? panel.Panels.Count : 1);
}
