using Pharos.Dashboards.Resolving;
using Pharos.Dashboards.Variables;
using Pharos.PromQL.Syntax;

namespace Pharos.Conformance.Suites;

/// <summary>Answers every question of variables alike, and keeps the questions that are not PromQL.</summary>
internal sealed class ParsingVariableSource(QueryNames names) : IVariableSource
{
    private static readonly string[] Values = ["a-1", "b.2"];

    public List<string> Failures { get; } = [];

    public Task<IReadOnlyList<string>> GetLabelNamesAsync(string? selector, CancellationToken cancellationToken) => Answer(selector, isSelector: true);

    public Task<IReadOnlyList<string>> GetLabelValuesAsync(string label, string? selector, CancellationToken cancellationToken) => Answer(selector, isSelector: true);

    public Task<IReadOnlyList<string>> GetResultAsync(string expression, CancellationToken cancellationToken) => Answer(expression, isSelector: false);

    public Task<IReadOnlyList<string>> GetSeriesAsync(string selector, CancellationToken cancellationToken) => Answer(selector, isSelector: true);

    private Task<IReadOnlyList<string>> Answer(string? text, bool isSelector)
    {
        string expression = names.Replace(text ?? "up");
        try
        {
            if (isSelector)
            {
                PromQLParser.ParseMetricSelector(expression);
            }
            else
            {
                PromQLParser.ParseExpr(expression);
            }
        }
        catch (PromQLException e)
        {
            Failures.Add($"{e.Message} in {expression}");
        }

        return Task.FromResult<IReadOnlyList<string>>(Values);
    }
}
