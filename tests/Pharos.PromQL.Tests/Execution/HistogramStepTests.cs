using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>A range query must answer at each step what an instant query answers there, and tell what all of these tell: over numbers and histograms of all kinds.</summary>
public class HistogramStepTests
{
    private static readonly string[] Operands = ["h", "n", "sum by (a) (h)", "rate(h[3m])", "h * 2", "h{a=\"1\"}", "h or n"];

    private static readonly string[] Templates =
    [
        "{0}", "-{0}", "{0} / 3", "2 - {0}", "{0} > 1", "{0} == bool 1", "{0} </ 2", "{0} >/ 2", "abs({0})", "sum({0})", "avg by (a) ({0})", "min({0})", "max by (b) ({0})",
        "count({0})", "stddev({0})", "stdvar by (a) ({0})", "group by (a) ({0})", "quantile(0.4, {0})", "topk(2, {0})", "bottomk(1, {0})", "limitk(2, {0})",
        "limit_ratio(0.5, {0})", "count_values(\"v\", {0})", "histogram_count({0})", "histogram_sum({0})", "histogram_avg({0})", "histogram_stddev({0})",
        "histogram_stdvar({0})", "histogram_quantile(0.4, {0})", "histogram_quantiles({0}, \"q\", 0.1, 0.9)", "histogram_fraction(0, 2, {0})", "timestamp({0})",
        "absent({0})", "scalar({0})", "label_replace({0}, \"z\", \"$1\", \"a\", \"(.*)\")", "max_over_time(histogram_count({0})[5m:1m])", "last_over_time(({0})[3m:1m])",
        "({0}) + on(a, b) h", "h - on(a, b) ({0})", "({0}) * on(a, b) n", "h == on(a, b) ({0})", "({0}) != bool on(a, b) h", "h </ on(a, b) ({0})",
        "({0}) and on(a) h", "({0}) unless on(b) n", "({0}) or h", "h / on(a) group_left sum by (a) ({0})", "sum by (a) ({0}) * on(a) group_right n",
    ];

    public static TheoryData<int> Seeds => [1, 2, 3];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Each_step_of_a_range_is_an_instant_and_tells_as_much(int seed)
    {
        using var scene = new EngineScene();
        Fill(scene, seed);
        foreach (string operand in Operands)
        {
            foreach (string template in Templates)
            {
                await CompareAsync(scene, template.Replace("{0}", operand, StringComparison.Ordinal));
            }
        }
    }

    private static async Task CompareAsync(EngineScene scene, string query)
    {
        const int Start = 300;
        const int Step = 120;
        QueryResult range;
        try
        {
            range = await scene.RangeAsync(query, Start, 1200, Step);
        }
        catch (QueryException e)
        {
            Assert.Contains("multiple matches", e.Message, StringComparison.Ordinal);
            return;
        }

        var told = new HashSet<string>();
        for (int s = 0; s < range.Steps; s++)
        {
            QueryResult instant = await scene.InstantAsync(query, Start + (s * Step));
            told.UnionWith(instant.Annotations.Select(static a => a.Message));
            if (instant.Type == ExprType.Scalar)
            {
                Assert.Equal(instant.ScalarValue, range.Rows[0].Values.Span[s]);
            }
            else
            {
                Compare($"{query} at {Start + (s * Step)}", instant, range, s);
            }
        }

        Assert.True(
            told.SetEquals(range.Annotations.Select(static a => a.Message)),
            $"{query}: told at once {string.Join("; ", range.Annotations.Select(static a => a.Message).Order())}, told step by step {string.Join("; ", told.Order())}");
    }

    private static void Compare(string what, QueryResult instant, QueryResult range, int step)
    {
        var expected = instant.Rows.ToDictionary(static r => r.Labels, static r => (r.Values.Span[0], r.HistogramAt(0)));
        var actual = range.Rows.Where(r => r.Has(step)).ToDictionary(static r => r.Labels, r => (r.Values.Span[step], r.HistogramAt(step)));
        Assert.True(expected.Keys.ToHashSet().SetEquals(actual.Keys), $"{what}: series {string.Join(", ", expected.Keys)} alone, {string.Join(", ", actual.Keys)} in the range");
        foreach ((Labels labels, (double number, FloatHistogram? histogram)) in expected)
        {
            (double otherNumber, FloatHistogram? otherHistogram) = actual[labels];
            bool same = histogram is null ? otherHistogram is null && number.Equals(otherNumber) : histogram.ContentEquals(otherHistogram);
            Assert.True(same, $"{what}: {labels} is {histogram?.ToText() ?? $"{number:R}"} alone and {otherHistogram?.ToText() ?? $"{otherNumber:R}"} in the range");
        }
    }

    // Counters and gauges with exponential buckets of several schemas and with custom ones, numbers between them, gaps and staleness markers.
    private static void Fill(EngineScene scene, int seed)
    {
        var random = new Random(seed);
        for (int series = 0; series < 8; series++)
        {
            var labels = Labels.Of("__name__", "h", "a", $"{series % 2}", "b", $"{series}");
            double[] counts = new double[6];
            for (int t = 0; t < 1200; t += 30)
            {
                for (int i = 0; i < counts.Length; i++)
                {
                    counts[i] += random.Next(3);
                }

                switch (random.Next(12))
                {
                    case 0:
                        break;
                    case 1:
                        scene.Store.Add(labels, t * 1000L, Staleness.Marker);
                        break;
                    case 2 when series > 4:
                        scene.Store.Add(labels, t * 1000L, random.Next(9) / 2.0);
                        break;
                    default:
                        scene.Store.Add(labels, t * 1000L, Histogram(series, counts));
                        break;
                }
            }
        }

        for (int series = 0; series < 6; series++)
        {
            var labels = Labels.Of("__name__", "n", "a", $"{series % 3}", "b", $"{series}");
            for (int t = 0; t < 1200; t += 60)
            {
                scene.Store.Add(labels, t * 1000L, random.Next(20) == 0 ? double.NaN : random.Next(-3, 9) / 2.0);
            }
        }
    }

    private static FloatHistogram Histogram(int series, double[] counts) => series switch
    {
        6 or 7 => new FloatHistogram
        {
            Schema = FloatHistogram.CustomBucketsSchema,
            CustomValues = series == 6 ? [1, 2, 4] : [1, 3, 4],
            Count = counts[0] + counts[1] + counts[2] + counts[3],
            Sum = counts[0] * 3,
            PositiveSpans = [new BucketSpan(0, 4)],
            PositiveBuckets = [.. counts[..4]],
        },
        _ => new FloatHistogram
        {
            Schema = series % 3,
            ZeroThreshold = 0.001,
            ZeroCount = counts[0],
            Count = counts.Sum(),
            Sum = counts[1] * 2,
            PositiveSpans = [new BucketSpan(series - 2, 2), new BucketSpan(1, 1)],
            PositiveBuckets = [.. counts[1..4]],
            NegativeSpans = [new BucketSpan(1, 2)],
            NegativeBuckets = [.. counts[4..]],
            CounterResetHint = series == 5 ? CounterResetHint.Gauge : CounterResetHint.Unknown,
        },
    };
}
