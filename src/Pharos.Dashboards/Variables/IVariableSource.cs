namespace Pharos.Dashboards.Variables;

/// <summary>
/// Answers the questions of variables from what is stored between two times, given at its making. The texts are PromQL with all variables of the dashboard replaced;
/// <c>$__</c> names are its own affair. Every method throws <see cref="VariableException"/> for a question that cannot be answered.
/// </summary>
public interface IVariableSource
{
    /// <summary>Names of the labels of the series that a selector selects, or of all; sorted.</summary>
    Task<IReadOnlyList<string>> GetLabelNamesAsync(string? selector, CancellationToken cancellationToken);

    /// <summary>Values of a label over the series that a selector selects, or all; sorted.</summary>
    Task<IReadOnlyList<string>> GetLabelValuesAsync(string label, string? selector, CancellationToken cancellationToken);

    /// <summary>The result of an expression at the end of the time, one text a series: <c>name{label="value"} value timestamp</c>.</summary>
    Task<IReadOnlyList<string>> GetResultAsync(string expression, CancellationToken cancellationToken);

    /// <summary>The series that a selector selects, as <c>name{label="value"}</c>.</summary>
    Task<IReadOnlyList<string>> GetSeriesAsync(string selector, CancellationToken cancellationToken);
}
