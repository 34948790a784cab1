using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>A range query must answer at each step what an instant query answers there: over data with everything that goes wrong.</summary>
public class StepPropertyTests
{
    private static readonly string[] Queries =
    [
        "m", "m offset 1m", "m @ 900", "timestamp(m)", "-m", "m > 3", "m > bool 3", "abs(m) + 1", "clamp(m, 1, 5)", "sum(m)", "sum by (a) (m)", "avg without (b) (m)",
        "min(m)", "max by (a) (m)", "count(m)", "group by (b) (m)", "stddev(m)", "stdvar by (a) (m)", "quantile by (a) (0.3, m)", "topk(2, m)", "bottomk by (a) (1, m)",
        "limitk(2, m)", "limit_ratio(0.5, m)", "count_values(\"v\", round(m))", "rate(m[3m])", "increase(m[95s])", "delta(m[4m])", "irate(m[3m])", "idelta(m[3m])",
        "sum_over_time(m[2m])", "avg_over_time(m[2m])", "max_over_time(m[5m])", "min_over_time(m[5m])", "quantile_over_time(0.7, m[5m])", "stddev_over_time(m[5m])",
        "deriv(m[5m])", "predict_linear(m[5m], 60)", "changes(m[5m])", "resets(m[5m])", "last_over_time(m[1m])", "count_over_time(m[7m])", "present_over_time(m[1m])",
        "absent(m > 5)", "absent_over_time(m[30s])", "mad_over_time(m[5m])", "double_exponential_smoothing(m[5m], 0.3, 0.6)", "ts_of_max_over_time(m[5m])",
        "rate(m[3m] anchored)", "increase(m[3m] smoothed)", "changes(m[3m] anchored)", "m smoothed",
        "m + on(a, b) n", "m * on(a) group_left(c) max by (a, c) (n)", "m and on(a) n > 2", "m unless on(b) n", "m or n", "sum by (a) (m) / sum by (a) (n)",
        "histogram_quantile(0.7, sum by (a, le) (rate(h_bucket[5m])))", "histogram_fraction(0, 2, h_bucket)", "label_replace(m, \"z\", \"$1\", \"b\", \"(.)\")",
        "label_join(m, \"z\", \"-\", \"a\", \"b\")", "max_over_time(sum by (a) (rate(m[2m]))[10m:90s])", "avg_over_time(m[5m:30s] offset 1m)", "sum(m) by (a) > on(a) group_right m",
        "scalar(sum(m)) + sum(n)", "vector(time())", "minute(m)", "hour()", "topk(scalar(count(m)) - 2, n)", "sum(m * scalar(sum(m)))", "m fill(1) + on(a, b) n",
    ];

    public static TheoryData<int> Seeds => [1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Each_step_of_a_range_is_an_instant(int seed)
    {
        using var scene = new EngineScene();
        Fill(scene, seed);
        long step = new[] { 15L, 37, 60, 120 }[seed % 4];
        foreach (string query in Queries.Where(static q => !q.Contains("fill(", StringComparison.Ordinal)))
        {
            QueryResult range = await scene.RangeAsync(query, 600, 1800, step);
            for (int s = 0; s < range.Steps; s += 7)
            {
                QueryResult instant = await scene.InstantAsync(query, 600 + (s * step));
                Compare($"{query} at step {s} of {step} s", instant, range, s);
            }
        }
    }

    private static void Compare(string what, QueryResult instant, QueryResult range, int step)
    {
        var expected = instant.Rows.ToDictionary(static r => r.Labels, static r => r.Values.Span[0]);
        var actual = range.Rows.Where(r => r.Has(step)).ToDictionary(static r => r.Labels, r => r.Values.Span[step]);
        Assert.True(expected.Count == actual.Count, $"{what}: {expected.Count} series alone, {actual.Count} in the range");
        foreach ((Labels labels, double value) in expected)
        {
            Assert.True(actual.TryGetValue(labels, out double other), $"{what}: {labels} is missing");
            bool same = value.Equals(other) || Math.Abs(value - other) <= 1e-9 * Math.Max(Math.Abs(value), Math.Abs(other)) || (value == 0 && other == 0);
            Assert.True(same, $"{what}: {labels} is {value:R} alone and {other:R} in the range");
        }
    }

    private static void Fill(EngineScene scene, int seed)
    {
        var random = new Random(seed);
        foreach (string name in new[] { "m", "n" })
        {
            for (int i = 0; i < 6; i++)
            {
                AddSeries(scene, Labels.Of("__name__", name, "a", (i % 2).ToString(), "b", (i / 2).ToString(), "c", (i % 2).ToString()), random);
            }
        }

        foreach (string le in new[] { "1", "2.5", "10", "+Inf" })
        {
            AddSeries(scene, Labels.Of("__name__", "h_bucket", "a", "0", "le", le), random);
        }
    }

    private static void AddSeries(EngineScene scene, Labels labels, Random random)
    {
        double value = random.Next(10);
        for (long time = random.Next(0, 30_000); time < 2_000_000; time += random.Next(4) == 0 ? random.Next(1, 400_000) : 15_000)
        {
            value = random.Next(25) == 0 ? 0 : value + (random.Next(3) * 1.25);
            double sample = random.Next(40) switch
            {
                0 => double.NaN,
                1 => Staleness.Marker,
                2 when labels.MetricName == "n" => double.PositiveInfinity,
                3 when labels.MetricName == "n" => -value,
                _ => value,
            };
            scene.Store.Add(labels, time, sample);
        }
    }
}
