using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Testing.Queries;

namespace Pharos.Testing.Differential;

/// <summary>
/// Native histograms for both: exponential ones of several resolutions, gauges, custom buckets, and series in which numbers and
/// histograms take turns. Counts are whole, so that sums are exact in any order.
/// </summary>
public static class HistogramData
{
    private const int Ticks = 160;

    // Equal ones: of others 3.5 makes nothing and says so, since 3.8 they are reconciled (prometheus/prometheus#17278).
    private static readonly double[] Bounds = [0.1, 0.5, 1, 2.5, 10];

    private static readonly string[] Metrics = ["native_seconds", "native_gauge", "custom_seconds", "mixed_seconds"];

    /// <summary>What a generator knows of it: the numbers of <see cref="DifferentialData"/> and these.</summary>
    public static QueryWorld World { get; } = DifferentialData.World with
    {
        Metrics = [.. DifferentialData.World.Metrics, .. Metrics.Select(static m => new MetricShape(m, MetricKind.Histogram, "instance", "job", "mode"))],
    };

    /// <summary>The series in the order of their labels. A sample without a histogram is a number.</summary>
    public static IReadOnlyList<(Labels Labels, IReadOnlyList<(Sample Sample, FloatHistogram? Histogram)> Samples)> Make(int seed)
    {
        var random = new Random(seed);
        var series = new List<(Labels Labels, IReadOnlyList<(Sample Sample, FloatHistogram? Histogram)> Samples)>();
        foreach (string metric in Metrics)
        {
            foreach (Labels labels in DifferentialData.LabelsOf(metric))
            {
                series.Add((labels, [.. Samples(random, metric)]));
            }
        }

        return [.. series.OrderBy(static s => s.Labels, Comparer<Labels>.Create(Labels.Compare))];
    }

    /// <summary>
    /// All of it as bodies of remote write requests, to be sent one after the other. A series of a message has numbers or histograms, and Prometheus stores those
    /// of one request apart; so what takes turns is in a request for each turn.
    /// </summary>
    public static IEnumerable<byte[]> ToWriteRequests(IEnumerable<(Labels Labels, IReadOnlyList<(Sample Sample, FloatHistogram? Histogram)> Samples)> series)
    {
        var requests = new List<WriteRequestBuilder>();
        foreach ((Labels labels, IReadOnlyList<(Sample Sample, FloatHistogram? Histogram)> samples) in series)
        {
            string[] names = [.. labels.SelectMany(static l => new[] { l.Name, l.Value })];
            int turn = 0;
            int to;
            for (int from = 0; from < samples.Count; from = to, turn++)
            {
                bool areHistograms = samples[from].Histogram is not null;
                for (to = from; to < samples.Count && samples[to].Histogram is not null == areHistograms;)
                {
                    to++;
                }

                if (requests.Count == turn)
                {
                    requests.Add(new WriteRequestBuilder());
                }

                IEnumerable<(Sample Sample, FloatHistogram? Histogram)> part = samples.Take(from..to);
                _ = areHistograms
                    ? requests[turn].AddHistograms(names, part.Select(static s => (s.Sample.Timestamp, s.Histogram!)), asIntegers: labels["job"] == "api")
                    : requests[turn].Add(names, [.. part.Select(static s => (s.Sample.Timestamp, s.Sample.Value))]);
            }
        }

        return requests.Select(static r => r.ToBody());
    }

    private static IEnumerable<(Sample Sample, FloatHistogram? Histogram)> Samples(Random random, string metric)
    {
        double[]? bounds = metric == "custom_seconds" ? Bounds : null;
        var current = new GrowingHistogram(random, bounds, isGauge: metric == "native_gauge");
        bool isNumber = false;
        for (int tick = 0; tick < Ticks; tick++)
        {
            if (random.Next(30) == 0)
            {
                tick += random.Next(12);
                continue;
            }

            long time = DifferentialData.World.Start + (tick * DifferentialData.World.Interval);
            isNumber = metric == "mixed_seconds" && (random.Next(10) == 0 ? !isNumber : isNumber);
            FloatHistogram histogram = random.Next(60) == 0 && !isNumber ? new FloatHistogram { Sum = Staleness.Marker } : current.Next();
            yield return isNumber ? (new Sample(time, histogram.Count), null) : (new Sample(time, histogram.Sum), histogram);
        }
    }
}
