using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Resolving;

/// <summary>A panel with its final place, before its texts are made.</summary>
/// <param name="Panel">As in the file.</param>
/// <param name="Key">Unique within the dashboard.</param>
/// <param name="Grid">Its place.</param>
/// <param name="Scope">What the repeats around it have chosen; null outside of repeats.</param>
/// <param name="Inside">Only of collapsed rows.</param>
internal sealed record PlacedPanel(
    Panel Panel, string Key, GridPosition Grid, IReadOnlyDictionary<string, VariableOption>? Scope, IReadOnlyList<PlacedPanel> Inside);
