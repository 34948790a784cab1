using System.Text.Json.Nodes;

namespace Pharos.Dashboards.Model;

/// <summary>One panel, migrated to the newest schema; texts still have their variables. Trees belong to the model: clone before changing.</summary>
public sealed record Panel
{
    /// <summary>Unique within the dashboard.</summary>
    public required int Id { get; init; }

    /// <summary>What is drawn: see <see cref="PanelTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>May be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>Markdown; null without one.</summary>
    public string? Description { get; init; }

    /// <summary>Where it stands.</summary>
    public required GridPosition Grid { get; init; }

    /// <summary>Without a card behind it.</summary>
    public bool Transparent { get; init; }

    /// <summary>Only of rows: whether its panels are hidden. Then they are in <see cref="Panels"/>; else they follow the row in the list of the dashboard.</summary>
    public bool Collapsed { get; init; }

    /// <summary>The panels within a collapsed row.</summary>
    public IReadOnlyList<Panel> Panels { get; init; } = [];

    /// <summary>Grafana's options of the type.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>Grafana's <c>fieldConfig</c>: <c>defaults</c> and <c>overrides</c>.</summary>
    public required JsonObject FieldConfig { get; init; }

    /// <summary>Queries of the built-in data source; others are listed in the problems.</summary>
    public IReadOnlyList<PanelTarget> Targets { get; init; } = [];

    /// <summary>Those that are built, in their order.</summary>
    public IReadOnlyList<Transformation> Transformations { get; init; } = [];

    /// <summary>Links in the panel's menu.</summary>
    public IReadOnlyList<DashboardLink> Links { get; init; } = [];

    /// <summary>The least step as it is written; empty for none.</summary>
    public string Interval { get; init; } = "";

    /// <summary>Points at most; null for one a pixel.</summary>
    public int? MaxDataPoints { get; init; }

    /// <summary>A range of its own that ends now, as <c>2h</c>; empty for the dashboard's.</summary>
    public string TimeFrom { get; init; } = "";

    /// <summary>How far back the range is moved, as <c>1d</c>; empty for not at all.</summary>
    public string TimeShift { get; init; } = "";

    /// <summary>The variable for whose values it is repeated; empty for none.</summary>
    public string Repeat { get; init; } = "";

    /// <summary>Copies stand below one another instead of beside.</summary>
    public bool RepeatDown { get; init; }

    /// <summary>Copies beside one another at most.</summary>
    public int MaxPerRow { get; init; } = 4;

    /// <summary>What it asks for and is not drawn.</summary>
    public IReadOnlyList<DashboardProblem> Problems { get; init; } = [];
}
