using System.Globalization;
using Pharos.PromQL.Sources;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.PromQL.Syntax.Series;

namespace Pharos.PromQL.Tests;

/// <summary>A store, an engine and answers as text. Times are in seconds.</summary>
internal sealed class EngineScene : IDisposable
{
    public EngineScene(EngineOptions? options = null)
    {
        Engine = new PromQLEngine((options ?? new EngineOptions()) with { Parser = ParserOptions.Everything });
    }

    public InMemorySeriesSource Store { get; } = new();

    public PromQLEngine Engine { get; }

    /// <summary>Stores series in the notation of test scripts, value k at k times the interval.</summary>
    public EngineScene Load(int intervalSeconds, params string[] series)
    {
        Store.Load(TimeSpan.FromSeconds(intervalSeconds), string.Join('\n', series));
        return this;
    }

    public Task<QueryResult> InstantAsync(string query, double at) =>
        Engine.InstantAsync(Store, query, (long)(at * 1000), TestContext.Current.CancellationToken);

    public Task<QueryResult> RangeAsync(string query, double from, double to, double step) =>
        Engine.RangeAsync(Store, query, (long)(from * 1000), (long)(to * 1000), (long)(step * 1000), TestContext.Current.CancellationToken);

    /// <summary>The answer of an instant query: a scalar, a string, or <c>{labels} value</c> a series in the order of the answer.</summary>
    public async Task<string[]> AskAsync(string query, double at = 0)
    {
        QueryResult result = await InstantAsync(query, at);
        return result.Type switch
        {
            ExprType.Scalar => [Text(result.ScalarValue)],
            ExprType.String => [result.StringValue],
            ExprType.Vector => [.. result.Rows.Select(static r => $"{r.Labels} {Text(r, 0)}")],
            _ => [.. result.Rows.Select(r => Describe(result, r))],
        };
    }

    /// <summary>The answer of a range query: <c>{labels} value value _</c> a series, <c>_</c> for a step without a value.</summary>
    public async Task<string[]> AskRangeAsync(string query, double from, double to, double step)
    {
        QueryResult result = await RangeAsync(query, from, to, step);
        return [.. result.Rows.Select(r => Describe(result, r))];
    }

    /// <summary>The message with which a query fails.</summary>
    public async Task<string> FailAsync(string query, double at = 0) =>
        (await Assert.ThrowsAsync<QueryException>(() => InstantAsync(query, at))).Message;

    /// <summary>A value of a result as series descriptions have it.</summary>
    public static string Text(ResultRow row, int place) =>
        row.HistogramAt(place) is { } histogram ? HistogramPrinter.Print(histogram) : Text(row.Values.Span[place]);

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public void Dispose() => Engine.Dispose();

    private static string Describe(QueryResult result, ResultRow row)
    {
        IEnumerable<string> values = row.Timestamps.Length > 0
            ? Enumerable.Range(0, row.Values.Length).Select(i => $"{Text(row, i)}@{row.Timestamps.Span[i] / 1000.0:R}")
            : Enumerable.Range(0, result.Steps).Select(s => row.Has(s) ? Text(row, s) : "_");
        return $"{row.Labels} {string.Join(' ', values)}";
    }
}
