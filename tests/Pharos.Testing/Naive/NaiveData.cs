using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Testing.Naive;

/// <summary>Random series with what goes wrong in real ones: resets, gaps, staleness markers, NaN, infinities, late starts.</summary>
public static class NaiveData
{
    /// <summary>Milliseconds; the samples begin here.</summary>
    public const long Start = 10_000_000;

    /// <summary>Milliseconds; the samples end here.</summary>
    public const long End = Start + 1_800_000;

    /// <summary>
    /// The series <c>m</c> (counters) and <c>g</c> (gauges), six each: <c>a</c> and <c>b</c> tell them apart, <c>c</c> follows from <c>a</c>; and the buckets of
    /// two histograms <c>h_bucket</c>.
    /// </summary>
    public static Dictionary<Labels, List<Sample>> Make(Random random)
    {
        var data = new Dictionary<Labels, List<Sample>>();
        foreach (string name in new[] { "m", "g" })
        {
            for (int i = 0; i < 6; i++)
            {
                var labels = Labels.Of("__name__", name, "a", $"{i % 2}", "b", $"{i / 2}", "c", $"c{i % 2}");
                data.Add(labels, name == "m" ? Counter(random) : Gauge(random));
            }
        }

        for (int a = 0; a < 2; a++)
        {
            AddBuckets(data, $"{a}", random);
        }

        return data;
    }

    // Buckets of one target have their samples at the same times; now and then one is missing or falls behind the one below it.
    private static void AddBuckets(Dictionary<Labels, List<Sample>> data, string a, Random random)
    {
        string[] bounds = ["0.5", "1", "2.5", "+Inf"];
        List<Sample>[] buckets = [.. bounds.Select(static _ => new List<Sample>())];
        double[] counts = new double[bounds.Length];
        foreach (long time in Times(random))
        {
            double more = 0;
            for (int i = 0; i < bounds.Length; i++)
            {
                more += random.Next(4);
                counts[i] = random.Next(150) == 0 ? 0 : counts[i] + more;
                if (random.Next(60) > 0)
                {
                    buckets[i].Add(new Sample(time, random.Next(80) == 0 ? Staleness.Marker : counts[i]));
                }
            }
        }

        for (int i = 0; i < bounds.Length; i++)
        {
            data.Add(Labels.Of("__name__", "h_bucket", "a", a, "b", "0", "c", "c" + a, "le", bounds[i]), buckets[i]);
        }
    }

    private static List<Sample> Counter(Random random)
    {
        double value = random.Next(10);
        return [.. Times(random).Select(time =>
        {
            value = random.Next(20) == 0 ? random.Next(3) : value + (random.Next(5) * 0.25);
            return new Sample(time, random.Next(60) switch
            {
                0 => double.NaN,
                1 => Staleness.Marker,
                _ => value,
            });
        })];
    }

    private static List<Sample> Gauge(Random random) => [.. Times(random).Select(time => new Sample(time, random.Next(40) switch
    {
        0 => double.NaN,
        1 => Staleness.Marker,
        2 => double.PositiveInfinity,
        3 => double.NegativeInfinity,
        _ => random.Next(-20, 20) * 0.5,
    }))];

    private static IEnumerable<long> Times(Random random)
    {
        int interval = new[] { 15_000, 30_000, 60_000 }[random.Next(3)];
        for (long time = Start + random.Next(random.Next(5) == 0 ? 900_000 : 30_000); time < End; time += interval)
        {
            yield return time + (random.Next(4) == 0 ? random.Next(-50, 50) : 0);
            if (random.Next(25) == 0)
            {
                time += random.Next(600_000);
            }
        }
    }
}
