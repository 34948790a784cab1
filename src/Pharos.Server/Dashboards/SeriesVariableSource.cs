using System.Globalization;
using Pharos.Core.Buffers;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Dashboards.Resolving;
using Pharos.Dashboards.Variables;
using Pharos.PromQL;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Server.Api;

namespace Pharos.Server.Dashboards;

/// <summary>Answers the questions of variables from the store, for one time.</summary>
internal sealed class SeriesVariableSource : IVariableSource
{
    private const int MaxSeries = 20_000;

    private readonly PrometheusApiServices _services;
    private readonly QueryNames _names;

    /// <param name="services">What is asked.</param>
    /// <param name="names">The time, and what the variables of queries stand for.</param>
    public SeriesVariableSource(PrometheusApiServices services, QueryNames names)
    {
        _services = services;
        _names = names;
    }

    public Task<IReadOnlyList<string>> GetLabelNamesAsync(string? selector, CancellationToken cancellationToken)
    {
        using ISeriesQuerier querier = _services.Source.OpenQuerier();
        return Task.FromResult(querier.LabelNames(Matchers(selector), _names.From, _names.To, cancellationToken));
    }

    public Task<IReadOnlyList<string>> GetLabelValuesAsync(string label, string? selector, CancellationToken cancellationToken)
    {
        using ISeriesQuerier querier = _services.Source.OpenQuerier();
        return Task.FromResult(querier.LabelValues(label, Matchers(selector), _names.From, _names.To, cancellationToken));
    }

    public Task<IReadOnlyList<string>> GetSeriesAsync(string selector, CancellationToken cancellationToken)
    {
        using ISeriesQuerier querier = _services.Source.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection(Matchers(selector)[0], _names.From, _names.To), cancellationToken);
        IReadOnlyList<string> texts = [.. Enumerable.Range(0, Math.Min(set.Count, MaxSeries)).Select(i => Text(set.GetLabels(i))).Order(StringComparer.Ordinal)];
        return Task.FromResult(texts);
    }

    public async Task<IReadOnlyList<string>> GetResultAsync(string expression, CancellationToken cancellationToken)
    {
        string query = _names.Replace(expression);
        try
        {
            QueryResult result = await _services.Engine.InstantAsync(_services.Source, query, _names.To, cancellationToken).ConfigureAwait(false);
            string time = _names.To.ToString(CultureInfo.InvariantCulture);
            return result.Type switch
            {
                ExprType.Scalar => [FloatWriter.ToFixedString(result.ScalarValue)],
                ExprType.Vector => [.. result.Rows.Take(MaxSeries).Select(row => $"{Text(row.Labels)} {FloatWriter.ToFixedString(row.Values.Span[0])} {time}")],
                _ => throw new VariableException($"query_result({expression}): the expression gives neither a number nor series with one value"),
            };
        }
        catch (QueryException e) when (e.Kind != QueryErrorKind.Canceled)
        {
            throw new VariableException($"query_result({query}): {e.Message}", e);
        }
    }

    private IReadOnlyList<IReadOnlyList<Matcher>> Matchers(string? selector)
    {
        if (selector is null)
        {
            return [];
        }

        string text = _names.Replace(selector);
        try
        {
            return [PromQLParser.ParseMetricSelector(text, _services.Engine.Options.Parser)];
        }
        catch (PromQLException e)
        {
            throw new VariableException($"{text}: {e.Message}", e);
        }
    }

    // name{label="value"}, as Grafana shows series.
    private static string Text(Labels labels) => labels.ToMetricText();
}
