using Pharos.Dashboards.Variables;

namespace Pharos.Dashboards.Tests;

/// <summary>Answers questions from a table, and keeps what it was asked.</summary>
internal sealed class FakeVariableSource : IVariableSource
{
    /// <summary>Answers by question, as <c>values job</c>, <c>values job up</c>, <c>names</c>, <c>result 1+1</c>, <c>series up</c>.</summary>
    public Dictionary<string, string[]> Answers { get; } = new(StringComparer.Ordinal);

    public List<string> Asked { get; } = [];

    public Task<IReadOnlyList<string>> GetLabelNamesAsync(string? selector, CancellationToken cancellationToken) => Answer("names", selector);

    public Task<IReadOnlyList<string>> GetLabelValuesAsync(string label, string? selector, CancellationToken cancellationToken) => Answer("values " + label, selector);

    public Task<IReadOnlyList<string>> GetResultAsync(string expression, CancellationToken cancellationToken) => Answer("result", expression);

    public Task<IReadOnlyList<string>> GetSeriesAsync(string selector, CancellationToken cancellationToken) => Answer("series", selector);

    private Task<IReadOnlyList<string>> Answer(string question, string? argument)
    {
        string key = argument is null ? question : $"{question} {argument}";
        Asked.Add(key);
        return Answers.TryGetValue(key, out string[]? answer)
            ? Task.FromResult<IReadOnlyList<string>>(answer)
            : throw new VariableException($"nobody knows: {key}");
    }
}
