using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.PromQL;
using Pharos.PromQL.Syntax.Nodes;
using Pharos.PromQL.Syntax.Series;

namespace Pharos.Conformance.Scripts;

/// <summary>Compares results with what a script expects. Answers null when they agree, otherwise what differs.</summary>
internal static class ResultComparer
{
    private const double Tolerance = 1e-6;

    /// <summary>An instant query's answer.</summary>
    public static string? Compare(EvalCommand eval, QueryResult result)
    {
        if (eval.Text is { } text)
        {
            return result.Type == ExprType.String && result.StringValue == text ? null : $"expected string \"{text}\" but got {Describe(result)}";
        }

        if (eval.Scalar is { } scalar)
        {
            return result.Type == ExprType.Scalar && AreEqual(scalar, result.ScalarValue) ? null : $"expected scalar {scalar} but got {Describe(result)}";
        }

        if (eval.RangeVector is { } range)
        {
            return result.Type == ExprType.Matrix
                ? CompareRows(eval, result, range.Start, range.StepMs, range.End)
                : $"expected a matrix but got {Describe(result)}";
        }

        if (result.Type != ExprType.Vector)
        {
            return $"expected vector but got {Describe(result)}";
        }

        return CompareRows(eval, result, result.StartTime, 1, result.StartTime) ?? CompareOrder(eval, result);
    }

    /// <summary>A range query's answer.</summary>
    public static string? CompareRange(EvalCommand eval, QueryResult result)
    {
        if (eval.Scalar is not null || eval.Text is not null)
        {
            return "expected scalar result, but got matrix";
        }

        for (int i = 1; i < result.Rows.Count; i++)
        {
            if (Labels.Compare(result.Rows[i - 1].Labels, result.Rows[i].Labels) >= 0)
            {
                return $"result is not sorted at {result.Rows[i].Labels}";
            }
        }

        return CompareRows(eval, result, eval.Start, eval.StepMs, eval.End);
    }

    /// <summary>The expected value of an instant query, looked up at one step of a range query's answer.</summary>
    public static string? CompareAtStep(EvalCommand eval, QueryResult result, long time)
    {
        int step = (int)((time - result.StartTime) / result.StepMs);
        if (eval.Scalar is { } scalar)
        {
            return result.Rows.Count == 1 && AreEqual(scalar, result.Rows[0].Values.Span[step]) ? null : $"expected scalar {scalar} at the step but got {Describe(result)}";
        }

        var found = new Dictionary<Labels, SeriesValue>();
        foreach (ResultRow row in result.Rows.Where(r => r.Has(step)))
        {
            found.Add(row.Labels, ValueAt(row, step));
        }

        foreach ((Labels labels, IReadOnlyList<SeriesValue> values) in eval.Series)
        {
            if (!found.Remove(labels, out SeriesValue value))
            {
                return $"expected metric {labels} at the step not found";
            }

            if (Differs(values[0], value) is { } difference)
            {
                return $"{difference} for {labels} at the step";
            }
        }

        return found.Count == 0 ? null : $"unexpected metric {found.Keys.First()} at the step";
    }

    /// <summary>Equal as numbers of test scripts are: within 1e-6 relative, an expected 0 being really 0.</summary>
    public static bool AreEqual(double a, double b)
    {
        if (Staleness.IsMarker(a) || Staleness.IsMarker(b))
        {
            return Staleness.IsMarker(a) && Staleness.IsMarker(b);
        }

        if (a == b || (double.IsNaN(a) && double.IsNaN(b)))
        {
            return true;
        }

        const double MinNormal = 2.2250738585072014e-308;
        double sum = Math.Abs(a) + Math.Abs(b);
        double difference = Math.Abs(a - b);
        return a == 0 || b == 0 || sum < MinNormal ? difference < Tolerance * MinNormal : difference / Math.Min(sum, double.MaxValue) < Tolerance;
    }

    private static string? CompareRows(EvalCommand eval, QueryResult result, long start, long step, long end)
    {
        var rows = new Dictionary<Labels, ResultRow>();
        foreach (ResultRow row in result.Rows)
        {
            if (!rows.TryAdd(row.Labels, row))
            {
                return $"metric {row.Labels} is twice in the result";
            }
        }

        foreach ((Labels labels, IReadOnlyList<SeriesValue> expected) in eval.Series)
        {
            if (!rows.Remove(labels, out ResultRow? row))
            {
                return $"expected metric {labels} not found; got {Describe(result)}";
            }

            if (expected.Count > ((end - start) / step) + 1)
            {
                return $"expected {expected.Count} points for {labels}, but query time range cannot return this many points";
            }

            if (CompareRow(expected, Points(result, row), start, step) is { } difference)
            {
                return $"{difference} for {labels}";
            }
        }

        return rows.Count == 0 ? null : $"unexpected metric {rows.Keys.First()} in result";
    }

    private static string? CompareRow(IReadOnlyList<SeriesValue> expected, Dictionary<long, SeriesValue> points, long start, long step)
    {
        for (int k = 0; k < expected.Count; k++)
        {
            if (expected[k].IsOmitted)
            {
                continue;
            }

            long time = start + (k * step);
            if (!points.Remove(time, out SeriesValue value))
            {
                return $"no point at {time}";
            }

            if (Differs(expected[k], value) is { } difference)
            {
                return $"{difference} at {time}";
            }
        }

        return points.Count == 0 ? null : $"{points.Count} unexpected points, one at {points.Keys.Min()}";
    }

    private static string? Differs(SeriesValue expected, SeriesValue actual) => (expected.Histogram, actual.Histogram) switch
    {
        (null, null) => AreEqual(expected.Value, actual.Value) ? null : $"expected {expected.Value:r} but got {actual.Value:r}",
        ({ } histogram, { } other) => HistogramComparer.Compare(histogram, other, expected.IsCounterResetHintSet),
        (null, _) => $"expected {expected.Value:r} but got a native histogram",
        _ => $"expected a native histogram but got {actual.Value:r}",
    };

    private static SeriesValue ValueAt(ResultRow row, int place) => new(row.Values.Span[place], Histogram: row.HistogramAt(place));

    private static string? CompareOrder(EvalCommand eval, QueryResult result) =>
        !eval.IsOrdered || eval.Order.SequenceEqual(result.Rows.Select(static r => r.Labels))
            ? null
            : $"wrong order: {string.Join(", ", result.Rows.Select(static r => r.Labels))}";

    private static Dictionary<long, SeriesValue> Points(QueryResult result, ResultRow row)
    {
        var points = new Dictionary<long, SeriesValue>();
        for (int i = 0; i < row.Values.Length; i++)
        {
            if (row.Timestamps.Length > 0)
            {
                points.Add(row.Timestamps.Span[i], ValueAt(row, i));
            }
            else if (row.Has(i))
            {
                points.Add(result.TimeOf(i), ValueAt(row, i));
            }
        }

        return points;
    }

    private static string Describe(QueryResult result) => result.Type switch
    {
        ExprType.Scalar => $"scalar {result.ScalarValue:r}",
        ExprType.String => $"string \"{result.StringValue}\"",
        _ => $"{result.Type} [{string.Join("; ", result.Rows.Take(5).Select(static r => r.Labels.ToString()))}]",
    };
}
