using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Testing.Differential;

/// <summary>
/// What the names in the list of compliance queries imply: three instances of a demo service with processors, memory, disks, batch jobs and an API.
/// Always the same samples.
/// </summary>
public static class DemoMetrics
{
    /// <summary>The first sample's time, milliseconds.</summary>
    public const long Start = 1_700_000_000_000;

    /// <summary>The last sample's time, milliseconds.</summary>
    public const long End = Start + (Ticks * Interval);

    private const long Interval = 10_000;
    private const int Ticks = 500;

    private static readonly string[] Instances = ["demo.promlabs.com:10000", "demo.promlabs.com:10001", "demo.promlabs.com:10002"];
    private static readonly string[] Bounds = ["0.0001", "0.001", "0.01", "0.1", "1", "+Inf"];

    /// <summary>The series in the order of their labels, each with its samples in the order of time.</summary>
    public static IReadOnlyList<(Labels Labels, IReadOnlyList<Sample> Samples)> Make()
    {
        var random = new Random(1);
        var series = new List<(Labels Labels, IReadOnlyList<Sample> Samples)>();
        foreach (string instance in Instances)
        {
            void Add(string name, Func<int, double> next, params string[] more) =>
                series.Add((Labels.Of([.. new[] { "__name__", name, "instance", instance, "job", "demo" }, .. more]), Samples(next)));

            AddMachine(Add, random);
            AddBatch(Add, random);
            AddApi(Add, random);
            series.Add((
                Labels.Of("__name__", "demo_intermittent_metric", "instance", instance, "job", "demo"),
                [.. Samples(_ => random.Next(100)).Where((_, tick) => tick % 60 is not (>= 25 and < 60))]));
        }

        return [.. series.OrderBy(static s => s.Labels, Comparer<Labels>.Create(Labels.Compare))];
    }

    private static void AddMachine(Action<string, Func<int, double>, string[]> add, Random random)
    {
        add("up", static _ => 1, []);
        add("demo_num_cpus", static _ => 4, []);
        add("demo_is_holiday", static _ => 0, []);
        add("demo_disk_total_bytes", static _ => 256.0 * (1L << 30), []);
        double used = 1L << 30;
        add("demo_disk_usage_bytes", _ => used += random.Next(1 << 16), []);
        foreach (string type in new[] { "buffers", "cached", "free", "used" })
        {
            add("demo_memory_usage_bytes", _ => random.Next(1 << 29, 1 << 30) * 4.0, ["type", type]);
        }

        // A process starts again once.
        foreach (string mode in new[] { "idle", "system", "user" })
        {
            double seconds = random.Next(1000);
            add("demo_cpu_usage_seconds_total", tick => seconds = tick == 420 ? 0 : seconds + (random.Next(1000) / 128.0), ["mode", mode]);
        }
    }

    private static void AddBatch(Action<string, Func<int, double>, string[]> add, Random random)
    {
        add("demo_batch_last_run_timestamp_seconds", static tick => (Start + (tick / 6 * 6 * Interval)) / 1000, []);
        add("demo_batch_last_success_timestamp_seconds", static tick => (Start + (tick / 12 * 12 * Interval)) / 1000, []);
        add("demo_batch_last_run_duration_seconds", _ => random.Next(4000) / 64.0, []);
        add("demo_batch_last_run_processed_bytes", _ => random.Next(1 << 20), []);
        double shipped = 0;
        add("demo_items_shipped_total", _ => shipped += random.Next(20), []);
    }

    private static void AddApi(Action<string, Func<int, double>, string[]> add, Random random)
    {
        add("demo_api_http_requests_in_progress", _ => random.Next(12), []);
        foreach ((string method, string path) in new[] { ("GET", "/api/foo"), ("GET", "/api/bar"), ("POST", "/api/foo") })
        {
            foreach (string status in new[] { "200", "500" })
            {
                string[] labels = ["method", method, "path", path, "status", status];
                int[][] counts = Counts(random);
                for (int b = 0; b < Bounds.Length; b++)
                {
                    int bound = b;
                    add("demo_api_request_duration_seconds_bucket", tick => counts[tick][bound], [.. labels, "le", Bounds[b]]);
                }

                add("demo_api_request_duration_seconds_count", tick => counts[tick][^1], labels);
                double sum = 0;
                add("demo_api_request_duration_seconds_sum", _ => sum += random.Next(100) / 1024.0, labels);
            }
        }
    }

    // By tick and bound; each bound's count has those below in it.
    private static int[][] Counts(Random random)
    {
        int[] current = new int[Bounds.Length];
        int[][] counts = new int[Ticks + 1][];
        for (int tick = 0; tick < counts.Length; tick++)
        {
            int below = 0;
            for (int b = 0; b < current.Length; b++)
            {
                below += random.Next(5);
                current[b] += below;
            }

            counts[tick] = [.. current];
        }

        return counts;
    }

    private static List<Sample> Samples(Func<int, double> next) => [.. Enumerable.Range(0, Ticks + 1).Select(tick => new Sample(Start + (tick * Interval), next(tick)))];
}
