using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Testing.Queries;

namespace Pharos.Testing.Differential;

/// <summary>
/// The samples that both servers get: what is usual, and what goes wrong in real ones. Values are exact in binary, so that sums are exact in any order.
/// </summary>
public static class DifferentialData
{
    private const long Start = 1_700_000_000_000;
    private const long Interval = 15_000;
    private const int Ticks = 200;

    private static readonly string[] Instances = ["a:80", "b:80", "c:9100"];
    private static readonly string[] Jobs = ["api", "db"];
    private static readonly string[] Modes = ["idle", "user"];
    private static readonly string[] Bounds = ["0.1", "0.25", "0.5", "1", "2.5", "+Inf"];

    /// <summary>What a generator knows of it.</summary>
    public static QueryWorld World { get; } = new(
        [
            new("requests_total", MetricKind.Counter, "instance", "job", "mode"),
            new("errors_total", MetricKind.Counter, "instance", "job", "mode"),
            new("latency_seconds_count", MetricKind.Counter, "instance", "job", "mode"),
            new("latency_seconds_sum", MetricKind.Counter, "instance", "job", "mode"),
            new("temperature", MetricKind.Gauge, "instance", "job", "mode"),
            new("queue_length", MetricKind.Gauge, "instance", "job", "mode"),
            new("pressure", MetricKind.Gauge, "instance", "job", "mode"),
            new("http.größe", MetricKind.Gauge, "instance", "job", "mode", "server.zone"),
            new("latency_seconds_bucket", MetricKind.Buckets, "instance", "job", "mode", "le"),
            new("broken_bucket", MetricKind.Buckets, "instance", "job", "mode", "le"),
            new("build_info", MetricKind.Info, "instance", "job", "version"),
            new("target_info", MetricKind.Info, "instance", "job", "region"),
        ],
        ["instance", "job", "mode"],
        new Dictionary<string, IReadOnlyList<string>> { ["instance"] = Instances, ["job"] = Jobs, ["mode"] = Modes },
        Start,
        Start + (Ticks * Interval),
        Interval);

    /// <summary>The series in the order of their labels, each with its samples in the order of time. The same seed makes the same.</summary>
    public static IReadOnlyList<(Labels Labels, IReadOnlyList<Sample> Samples)> Make(int seed)
    {
        var random = new Random(seed);
        var series = new List<(Labels Labels, IReadOnlyList<Sample> Samples)>();
        foreach ((string instance, string job, string mode) in Combinations())
        {
            Labels Named(string name, params string[] more) => Labels.Of([.. new[] { "__name__", name, "instance", instance, "job", job, "mode", mode }, .. more]);

            series.Add((Named("requests_total"), Counter(random, resets: 30, gaps: 0)));
            if (random.Next(4) > 0)
            {
                series.Add((Named("errors_total"), Counter(random, resets: 12, gaps: 12)));
            }

            series.Add((Named("temperature"), Samples(random, Ticks, 20, 0, () => random.Next(20) switch
            {
                0 => double.NaN,
                1 => random.Next(2) == 0 ? double.PositiveInfinity : double.NegativeInfinity,
                _ => random.Next(-80, 160) * 0.25,
            })));
            series.Add((Named("queue_length"), Samples(random, Ticks, 60, 0, () => random.Next(5))));
            series.Add((Named("pressure"), Samples(random, Ticks, 15, 600, () => random.Next(-4000, 4000) * 0.5)));
            series.Add((Named("http.größe", "server.zone", instance[..1]), Samples(random, Ticks, 0, 0, () => random.Next(1, 1 << 20) * 1024.0)));
            AddHistogram(series, random, Named);
        }

        foreach (string instance in Instances)
        {
            AddInfos(series, random, instance);
        }

        return [.. series.OrderBy(static s => s.Labels, Comparer<Labels>.Create(Labels.Compare))];
    }

    /// <summary>All of it as one remote write request.</summary>
    public static WriteRequestBuilder ToWriteRequest(IEnumerable<(Labels Labels, IReadOnlyList<Sample> Samples)> series)
    {
        var request = new WriteRequestBuilder();
        foreach ((Labels labels, IReadOnlyList<Sample> samples) in series)
        {
            request.Add([.. labels.SelectMany(static l => new[] { l.Name, l.Value })], [.. samples.Select(static s => (s.Timestamp, s.Value))]);
        }

        return request;
    }

    /// <summary>The labels of a metric that has a series for each combination of the shared labels.</summary>
    public static IEnumerable<Labels> LabelsOf(string metric) => Combinations().Select(c => Labels.Of("__name__", metric, "instance", c.Instance, "job", c.Job, "mode", c.Mode));

    // One combination is left out, so that joins have partners missing.
    private static IEnumerable<(string Instance, string Job, string Mode)> Combinations() =>
        from instance in Instances from job in Jobs from mode in Modes where (instance, job, mode) != ("c:9100", "db", "user") select (instance, job, mode);

    private static List<Sample> Counter(Random random, int resets, int gaps)
    {
        double value = random.Next(100);
        return Samples(random, Ticks, gaps, 0, () => value = random.Next(resets) == 0 ? random.Next(3) : value + (random.Next(9) * 0.25));
    }

    /// <summary>Buckets that grow together, with their sum and count; and others that are not what they should be.</summary>
    private static void AddHistogram(List<(Labels Labels, IReadOnlyList<Sample> Samples)> series, Random random, Func<string, string[], Labels> named)
    {
        double[][] counts = new double[Ticks][];
        double[] current = new double[Bounds.Length];
        for (int tick = 0; tick < Ticks; tick++)
        {
            double below = 0;
            for (int b = 0; b < Bounds.Length; b++)
            {
                below += random.Next(4);
                current[b] += below;
            }

            counts[tick] = [.. current];
        }

        for (int b = 0; b < Bounds.Length; b++)
        {
            int bound = b, tick = 0, other = 0;
            series.Add((named("latency_seconds_bucket", ["le", Bounds[b]]), Samples(random, Ticks, 0, 0, () => counts[tick++][bound])));
            if (random.Next(8) > 0)
            {
                // Some bounds are missing, and some buckets have less than those below them.
                series.Add((named("broken_bucket", ["le", b == 0 ? "wide" : Bounds[b]]), Samples(random, Ticks, 40, 0, () => counts[other++][bound] - (random.Next(10) == 0 ? 40 : 0))));
            }
        }

        int at = 0;
        series.Add((named("latency_seconds_count", []), Samples(random, Ticks, 0, 0, () => counts[at++][^1])));
        double sum = 0;
        series.Add((named("latency_seconds_sum", []), Samples(random, Ticks, 0, 0, () => sum += random.Next(40) * 0.125)));
    }

    /// <summary>The version changes once: the older series ends with a marker.</summary>
    private static void AddInfos(List<(Labels Labels, IReadOnlyList<Sample> Samples)> series, Random random, string instance)
    {
        foreach (string job in Jobs)
        {
            int change = random.Next(Ticks / 4, Ticks);
            IEnumerable<Sample> ones = Enumerable.Range(0, Ticks).Select(static tick => new Sample(Start + (tick * Interval), 1));
            series.Add((Labels.Of("__name__", "build_info", "instance", instance, "job", job, "version", "1.0"), [.. ones.Take(change), new Sample(Start + (change * Interval), Staleness.Marker)]));
            series.Add((Labels.Of("__name__", "build_info", "instance", instance, "job", job, "version", "1.1"), [.. ones.Skip(change)]));
            series.Add((Labels.Of("__name__", "target_info", "instance", instance, "job", job, "region", instance[0] == 'a' ? "eu" : "us"), [.. ones]));
        }
    }

    /// <summary>
    /// Samples at the interval, some series late and some ending early; one in <paramref name="gaps"/> is a marker of staleness or the begin of a gap (0: none),
    /// and times are off by up to <paramref name="jitter"/> milliseconds.
    /// </summary>
    private static List<Sample> Samples(Random random, int ticks, int gaps, int jitter, Func<double> next)
    {
        var samples = new List<Sample>();
        int first = gaps > 0 && random.Next(4) == 0 ? random.Next(ticks / 2) : 0, last = gaps > 0 && random.Next(4) == 0 ? random.Next(ticks / 2, ticks) : ticks;
        int hiddenUntil = 0;
        for (int tick = 0; tick < ticks; tick++)
        {
            double value = next();
            if (tick < first || tick >= last || tick < hiddenUntil)
            {
                continue;
            }

            long time = Start + (tick * Interval) + (jitter == 0 ? 0 : random.Next(-jitter, jitter));
            if (gaps > 0 && random.Next(gaps * 2) == 0)
            {
                hiddenUntil = tick + random.Next(1, 40);
            }
            else
            {
                samples.Add(new Sample(time, gaps > 0 && random.Next(gaps * 2) == 0 ? Staleness.Marker : value));
            }
        }

        return samples;
    }
}
