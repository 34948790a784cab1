namespace Pharos.Dashboards.Model;

/// <summary>Something that a file asks for and that is not drawn.</summary>
/// <param name="Feature">Short and stable, for counting: <c>panel type heatmap</c>, <c>transformation groupingToMatrix</c>.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record DashboardProblem(string Feature, string Message)
{
    /// <summary>The panel it is about; null when it is about the dashboard or a variable.</summary>
    public int? PanelId { get; init; }

    /// <summary>The title of that panel as in the file.</summary>
    public string? PanelTitle { get; init; }

    /// <summary>The variable it is about; null when it is about something else.</summary>
    public string? Variable { get; init; }
}
