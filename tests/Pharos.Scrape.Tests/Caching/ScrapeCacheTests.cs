using System.Globalization;
using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Scrape.Caching;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Exposition;
using Pharos.Scrape.Loops;
using Pharos.Testing;

namespace Pharos.Scrape.Tests.Caching;

public class ScrapeCacheTests
{
    private readonly ScrapeCache _cache = new(new MetadataStore(), new RecordingExemplars());
    private readonly SampleBatch _batch = new();
    private readonly ScrapeConfig _config = new() { JobName = "j" };
    private readonly SampleLabeler _labeler;
    private readonly CountingAppender _appender = new();
    private long _time;

    public ScrapeCacheTests()
    {
        _labeler = new SampleLabeler(_config, Labels.Empty, new ScrapeMetrics());
    }

    [Fact]
    public void A_steady_target_without_exemplars_allocates_nothing_and_makes_no_series()
    {
        byte[][] bodies = [.. Enumerable.Range(0, 4).Select(static i => Body(500, i))];
        for (int i = 0; i < 64; i++)
        {
            Scrape(bodies[i & 3]);
        }

        int made = _appender.SeriesMade;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Scrape(bodies[i & 3]);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(made, _appender.SeriesMade);
        Assert.Equal(500, _batch.Count);
    }

    // The plain twin: a dictionary of what each body holds, and what it held before.
    [Fact]
    public void Whatever_the_bodies_do_the_samples_are_those_of_the_plain_twin()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            RunAgainstTwin(new Random(seed), openMetrics: seed % 2 == 1);
        }
    }

    [Fact]
    public void Series_that_went_are_forgotten_in_time()
    {
        for (int i = 0; i < 300; i++)
        {
            Scrape(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(k => $"a{{i=\"{i}\",k=\"{k}\"}} 1\n"))));
        }

        Assert.True(_cache.SeriesCount < 1400, $"{_cache.SeriesCount} series of a target that exposes 100");
    }

    [Fact]
    public void Failing_bodies_leave_nothing_behind()
    {
        Scrape("a 1\n"u8.ToArray());
        for (int i = 0; i < 100; i++)
        {
            Fail(Encoding.UTF8.GetBytes($"b{{i=\"{i}\"}} 1\nbad\n"));
        }

        Assert.Equal(1, _cache.SeriesCount);
    }

    private static byte[] Body(int series, int value)
    {
        var text = new StringBuilder("# HELP a something\n# TYPE a counter\n");
        for (int i = 0; i < series; i++)
        {
            if (i % 50 == 25)
            {
                text.Append(CultureInfo.InvariantCulture, $"# HELP a{i} more\n# TYPE a{i} gauge\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"a{{path=\"/api/{i}\",method=\"GET\"}} {i * 1000 + value}{(i % 7 == 0 ? ".25" : "")}\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("# TYPE tail counter\n").ToString());
    }

    private static void RunAgainstTwin(Random random, bool openMetrics)
    {
        var test = new ScrapeCacheTests();
        var expectedSeries = new HashSet<string>();
        for (int round = 0; round < 40; round++)
        {
            List<string> names = [.. Enumerable.Range(0, 12).Where(_ => random.Next(8) > 0).Select(static i => $"m{{i=\"{i}\"}}")];
            if (random.Next(3) == 0)
            {
                names.Insert(random.Next(names.Count + 1), $"n{{r=\"{random.Next(4)}\"}}");
            }

            if (random.Next(6) == 0)
            {
                names.Reverse();
            }

            var text = new StringBuilder();
            var expected = new List<string>();
            foreach (string name in names)
            {
                if (random.Next(5) == 0)
                {
                    text.Append(openMetrics ? "# TYPE m gauge\n" : "# comment\n\n# TYPE m gauge\n");
                }

                int value = random.Next(1_000_000);
                text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
                expected.Add($"{name}={value}");
            }

            bool fails = random.Next(6) == 0;
            text.Append(fails ? "bad\n" : "").Append(openMetrics ? "# EOF\n" : "");
            byte[] body = Encoding.UTF8.GetBytes(text.ToString());
            HashSet<string> now = fails ? [] : [.. names];
            List<string> stale = [.. expectedSeries.Where(s => !now.Contains(s)).Select(static s => s + "=stale")];
            string[] actual = fails ? test.Fail(body, openMetrics) : test.Scrape(body, openMetrics);

            Assert.Equal([.. (fails ? [] : expected).Concat(stale).Order(StringComparer.Ordinal)], actual.Order(StringComparer.Ordinal));
            expectedSeries = now;
        }
    }

    private void Scrape(byte[] body)
    {
        Begin();
        Read(body, openMetrics: false);
        _cache.Create(_appender);
        _cache.Complete(body);
        _cache.StoreExemplars();
    }

    private string[] Scrape(byte[] body, bool openMetrics)
    {
        Begin();
        Read(body, openMetrics);
        _cache.Create(_appender);
        _cache.Complete(body);
        return Batch();
    }

    private string[] Fail(byte[] body, bool openMetrics = false)
    {
        Begin();
        Assert.Throws<ExpositionException>(() => Read(body, openMetrics));
        _cache.Discard();
        return Batch();
    }

    private void Begin()
    {
        _batch.Clear();
        _time += 15_000;
        _cache.Begin(_config, _labeler, _batch, _time);
    }

    private void Read(byte[] body, bool openMetrics)
    {
        if (openMetrics)
        {
            var reader = new OpenMetricsReader(body);
            _cache.Read(ref reader, body, unescapeQuotes: true);
        }
        else
        {
            var reader = new TextFormatReader(body);
            _cache.Read(ref reader, body, unescapeQuotes: false);
        }
    }

    private string[] Batch()
    {
        var result = new string[_batch.Count];
        for (int i = 0; i < result.Length; i++)
        {
            Labels labels = _appender.LabelsOf(_batch.Series[i]);
            string inner = string.Join(",", labels.Where(static l => l.Name != "__name__").Select(static l => $"{l.Name}=\"{l.Value}\""));
            double value = _batch.Values[i];
            result[i] = $"{labels.MetricName}{{{inner}}}={(Staleness.IsMarker(value) ? "stale" : value.ToString(CultureInfo.InvariantCulture))}";
        }

        return result;
    }

    private sealed class CountingAppender : ISeriesAppender
    {
        private readonly Dictionary<Labels, SeriesRef> _refs = [];
        private readonly List<Labels> _labels = [];

        public int SeriesMade => _labels.Count;

        public Labels LabelsOf(SeriesRef series) => _labels[(int)series.Value - 1];

        public bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series)
        {
            series = default;
            return false;
        }

        public SeriesRef GetOrAdd(Labels labels, ReadOnlySpan<byte> wireBytes = default)
        {
            if (!_refs.TryGetValue(labels, out SeriesRef series))
            {
                _labels.Add(labels);
                series = new SeriesRef((ulong)_labels.Count);
                _refs.Add(labels, series);
            }

            return series;
        }

        public AppendSummary Append(SampleBatch batch) => new(batch.Count, 0, 0, 0, 0);
    }
}
