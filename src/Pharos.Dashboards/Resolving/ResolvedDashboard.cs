using Pharos.Dashboards.Model;
using Pharos.Dashboards.Variables;

namespace Pharos.Dashboards.Resolving;

/// <summary>A dashboard as it is to be drawn: variables known, repeats made, texts final.</summary>
public sealed record ResolvedDashboard
{
    /// <summary>As in the file.</summary>
    public required Dashboard Source { get; init; }

    /// <summary>With its variables replaced.</summary>
    public required string Title { get; init; }

    /// <summary>How often it refreshes, raised to the least that the server allows; empty for never.</summary>
    public required string Refresh { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<ResolvedVariable> Variables { get; init; }

    /// <summary>From top to bottom.</summary>
    public required IReadOnlyList<ResolvedPanel> Panels { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<ResolvedLink> Links { get; init; }

    /// <summary>What the file asks for and is not drawn, and what went wrong on the way.</summary>
    public required IReadOnlyList<DashboardProblem> Problems { get; init; }
}
