namespace Pharos.Dashboards.Model;

/// <summary>One choice of a variable.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Value">What is put into queries.</param>
public sealed record VariableOption(string Text, string Value)
{
    /// <summary>The value that means every option.</summary>
    public const string AllValue = "$__all";

    /// <summary>The choice "All".</summary>
    public static VariableOption All { get; } = new("All", AllValue);
}
