using System.Text.Json.Nodes;
using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Resolving;

/// <summary>One panel as it is to be drawn; a repeat makes several of one of the file.</summary>
public sealed record ResolvedPanel
{
    /// <summary>Unique within the dashboard, and the same as long as the same values are chosen.</summary>
    public required string Key { get; init; }

    /// <summary>As in the file.</summary>
    public required Panel Source { get; init; }

    /// <summary>With its variables replaced.</summary>
    public required string Title { get; init; }

    /// <summary>With its variables replaced; null without one.</summary>
    public string? Description { get; init; }

    /// <summary>Its place after repeats.</summary>
    public required GridPosition Grid { get; init; }

    /// <summary>Only of collapsed rows: what is hidden in them.</summary>
    public IReadOnlyList<ResolvedPanel> Panels { get; init; } = [];

    /// <summary>With their variables replaced.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>With their variables replaced.</summary>
    public required JsonObject FieldConfig { get; init; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<ResolvedTarget> Targets { get; init; } = [];

    /// <summary>With their variables replaced.</summary>
    public IReadOnlyList<Transformation> Transformations { get; init; } = [];

    /// <summary>In the panel's menu.</summary>
    public IReadOnlyList<ResolvedLink> Links { get; init; } = [];

    /// <summary>The least step; null for none.</summary>
    public long? MinIntervalMs { get; init; }

    /// <summary>A range of its own that ends where the dashboard's does; null for the dashboard's.</summary>
    public long? TimeFromMs { get; init; }

    /// <summary>How far back the range is moved; null for not at all.</summary>
    public long? TimeShiftMs { get; init; }

    /// <summary>The names of the metrics that its queries read.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];
}
