using Pharos.PromQL;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Testing.Differential;

namespace Pharos.Conformance.Suites;

/// <summary>What the engine answers, in the form in which answers are compared.</summary>
internal static class EngineAnswer
{
    /// <summary>The answer to a range query, refusals included. Times in milliseconds.</summary>
    public static async Task<Answer> AskAsync(PromQLEngine engine, Pharos.Core.Contracts.ISeriesSource source, string query, long start, long end, long step)
    {
        try
        {
            return Of(await engine.RangeAsync(source, query, start, end, step));
        }
        catch (QueryException e)
        {
            string type = e.Kind switch
            {
                QueryErrorKind.BadData => "bad_data",
                QueryErrorKind.Timeout => "timeout",
                QueryErrorKind.Canceled => "canceled",
                _ => "execution",
            };
            return new Answer { ErrorType = type, Error = e.Message };
        }
    }

    private static Answer Of(QueryResult result) => new()
    {
        ResultType = result.Type.ApiName(),
        Series = [.. result.Rows.Select(row => new AnswerSeries(
            AnswerSeries.Text(row.Labels.Select(static l => KeyValuePair.Create(l.Name, l.Value))),
            [.. Enumerable.Range(0, result.Steps).Where(row.Has).Select(s => new AnswerPoint(result.TimeOf(s) / 1000.0, [row.Values.Span[s]]))]))],
        Warnings = [.. result.Warnings.Order(StringComparer.Ordinal)],
        Infos = [.. result.Infos.Order(StringComparer.Ordinal)],
    };
}
