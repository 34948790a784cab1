namespace Pharos.Dashboards.Model;

/// <summary>One variable as it stands in the file.</summary>
public sealed record Variable
{
    /// <summary>Unique within the dashboard.</summary>
    public required string Name { get; init; }

    /// <summary>What is shown; the name where the file says nothing.</summary>
    public required string Label { get; init; }

    /// <summary>Where options come from.</summary>
    public required VariableType Type { get; init; }

    /// <summary>0 shown, 1 without its label, 2 hidden.</summary>
    public int Hide { get; init; }

    /// <summary>Several values may be chosen.</summary>
    public bool Multi { get; init; }

    /// <summary>"All" may be chosen.</summary>
    public bool IncludeAll { get; init; }

    /// <summary>What "All" puts into queries; empty for every option.</summary>
    public string CustomAll { get; init; } = "";

    /// <summary>The question, the list, or the value; by the type.</summary>
    public string Query { get; init; } = "";

    /// <summary>Which options count, and which part of them; empty for all.</summary>
    public string Regex { get; init; } = "";

    /// <summary>0 as they come; 1 to 8 as in Grafana: alphabetical, numerical, without case, natural; odd ascending, even descending.</summary>
    public int Sort { get; init; }

    /// <summary>The values chosen in the file; empty for none.</summary>
    public IReadOnlyList<string> Current { get; init; } = [];

    /// <summary>The text shown for <see cref="Current"/> in the file; empty for none.</summary>
    public string CurrentText { get; init; } = "";

    /// <summary>Only of intervals: "auto" is offered.</summary>
    public bool Auto { get; init; }

    /// <summary>Only of intervals: how many steps "auto" makes of the range.</summary>
    public int AutoCount { get; init; } = 30;

    /// <summary>Only of intervals: the least that "auto" gives.</summary>
    public string AutoMin { get; init; } = "10s";
}
