using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Variables;

/// <summary>A variable with its options and what is chosen. Immutable.</summary>
public sealed record ResolvedVariable
{
    /// <summary>The variable as it stands in the file.</summary>
    public required Variable Definition { get; init; }

    /// <summary>What may be chosen, "All" left out; at most <see cref="DashboardLimits.MaxOptions"/>.</summary>
    public IReadOnlyList<VariableOption> Options { get; init; } = [];

    /// <summary>What is chosen; for "All" the one value <see cref="VariableOption.AllValue"/>; none when there is nothing to choose from.</summary>
    public IReadOnlyList<VariableOption> Chosen { get; init; } = [];

    /// <summary>How many options there are; more than are in <see cref="Options"/> when they were cut.</summary>
    public int Total { get; init; }

    /// <summary>Why there are no options; null when all went well.</summary>
    public string? Error { get; init; }

    /// <summary>What "auto" of an interval means for the range; empty for others.</summary>
    public string AutoInterval { get; init; } = "";

    /// <summary>Whether "All" is chosen.</summary>
    public bool IsAll => Chosen is [{ Value: VariableOption.AllValue }];

    /// <summary>The values that are put into texts, one by one: for "All" those of every option.</summary>
    public IReadOnlyList<VariableOption> Effective => IsAll ? Options : Chosen;

    /// <summary>What is shown as chosen.</summary>
    public string Text => string.Join(" + ", Chosen.Select(static option => option.Text));
}
