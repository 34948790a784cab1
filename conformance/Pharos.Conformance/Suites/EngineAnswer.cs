using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.PromQL;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.Testing.Differential;
using Pharos.Testing.Queries;

namespace Pharos.Conformance.Suites;

/// <summary>What the engine answers, in the form in which answers are compared.</summary>
public static class EngineAnswer
{
    /// <summary>The answer to a query, refusals included.</summary>
    public static async Task<Answer> AskAsync(PromQLEngine engine, ISeriesSource source, QueryCase query)
    {
        PromQLEngine asked = query.Lookback == 0 ? engine : engine.With(engine.Options with { LookbackDelta = TimeSpan.FromMilliseconds(query.Lookback) });
        string text = query.Query.ToString();
        try
        {
            return Of(query.IsInstant ? await asked.InstantAsync(source, text, query.Start) : await asked.RangeAsync(source, text, query.Start, query.End, query.Step));
        }
        catch (QueryException e)
        {
            return e.Kind switch
            {
                QueryErrorKind.BadData => new Answer { ErrorType = "bad_data", Error = "invalid parameter \"query\": " + e.Message },
                QueryErrorKind.Timeout => new Answer { ErrorType = "timeout", Error = e.Message },
                QueryErrorKind.Canceled => new Answer { ErrorType = "canceled", Error = e.Message },
                _ => new Answer { ErrorType = "execution", Error = e.Message },
            };
        }
    }

    private static Answer Of(QueryResult result) => new()
    {
        ResultType = result.Type.ApiName(),
        Series = result.Type switch
        {
            ExprType.Scalar => [new AnswerSeries("", [new AnswerPoint(result.StartTime / 1000.0, [result.ScalarValue])])],
            ExprType.String => [new AnswerSeries("", [new AnswerPoint(result.StartTime / 1000.0, [], result.StringValue)])],
            _ => [.. result.Rows.Select(row => new AnswerSeries(AnswerSeries.Text(row.Labels.Select(static l => KeyValuePair.Create(l.Name, l.Value))), Points(result, row)))],
        },
        Warnings = [.. result.Warnings.Order(StringComparer.Ordinal)],
        Infos = [.. result.Infos.Order(StringComparer.Ordinal)],
    };

    private static AnswerPoint[] Points(QueryResult result, ResultRow row) => row.Timestamps.Length > 0
        ? [.. Enumerable.Range(0, row.Timestamps.Length).Select(i => Point(row.Timestamps.Span[i], row, i))]
        : [.. Enumerable.Range(0, result.Steps).Where(row.Has).Select(s => Point(result.TimeOf(s), row, s))];

    private static AnswerPoint Point(long time, ResultRow row, int place) => row.HistogramAt(place) is { } histogram
        ? AnswerPoint.OfHistogram(time / 1000.0, histogram.Count, histogram.Sum, Buckets(histogram))
        : new AnswerPoint(time / 1000.0, [row.Values.Span[place]]);

    // As the API writes them: which bounds belong to a bucket, the bounds and the count.
    private static List<(double Kind, double Lower, double Upper, double Count)> Buckets(FloatHistogram histogram)
    {
        var buckets = new List<(double Kind, double Lower, double Upper, double Count)>();
        foreach (HistogramBucket bucket in histogram.Buckets())
        {
            double kind = (bucket.IsLowerInclusive, bucket.IsUpperInclusive) switch
            {
                (false, true) => 0,
                (true, false) => 1,
                (false, false) => 2,
                _ => 3,
            };
            buckets.Add((kind, bucket.Lower, bucket.Upper, bucket.Count));
        }

        return buckets;
    }
}
