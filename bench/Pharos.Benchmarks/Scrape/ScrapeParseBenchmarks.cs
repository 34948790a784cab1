using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Scrape;
using Pharos.Scrape.Caching;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Exposition;
using Pharos.Scrape.Loops;

namespace Pharos.Benchmarks.Scrape;

/// <summary>Nanoseconds a line of a body of 10,000 histogram buckets: the reader alone, and the whole way into the batch.</summary>
[MemoryDiagnoser]
public class ScrapeParseBenchmarks
{
    private const int Lines = 10_000;

    private readonly ScrapeConfig _config = new() { JobName = "j" };
    private readonly SampleBatch _batch = new(Lines);
    private readonly NumberingStore _store = new();
    private byte[] _body = [];
    private byte[] _reversed = [];
    private ScrapeCache _cache = new(new MetadataStore());
    private SampleLabeler? _labeler;
    private long _time;

    [GlobalSetup]
    public void Setup()
    {
        _labeler = new SampleLabeler(_config, Labels.Of("job", "j", "instance", "i:1"), new ScrapeMetrics());
        List<string> lines = [.. Enumerable.Range(0, Lines).Select(static i => string.Create(
            CultureInfo.InvariantCulture, $"http_request_duration_seconds_bucket{{method=\"GET\",path=\"/api/orders\",pod=\"p-{i / 12}\",le=\"0.{i % 12}\"}} {i * 37 % 100_000}\n"))];
        _body = Encoding.UTF8.GetBytes(string.Concat(lines));
        lines.Reverse();
        _reversed = Encoding.UTF8.GetBytes(string.Concat(lines));
        Scrape(_body);
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public int Reader()
    {
        var reader = new TextFormatReader(_body);
        int count = 0;
        while (reader.Next() != ExpositionEntry.End)
        {
            count++;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public int ReaderTokenByToken()
    {
        var reader = new TextFormatReader(_body, tokensOnly: true);
        int count = 0;
        while (reader.Next() != ExpositionEntry.End)
        {
            count++;
        }

        return count;
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public int Steady() => Scrape(_body);

    [Benchmark(OperationsPerInvoke = 2 * Lines)]
    public int EveryLineMoved() => Scrape(_reversed) + Scrape(_body);

    [Benchmark(OperationsPerInvoke = Lines)]
    public int FirstScrape()
    {
        _cache = new ScrapeCache(new MetadataStore());
        return Scrape(_body);
    }

    private int Scrape(byte[] body)
    {
        _batch.Clear();
        _time += 15_000;
        _cache.Begin(_config, _labeler!, _batch, _time);
        var reader = new TextFormatReader(body);
        _cache.Read(ref reader, body, unescapeQuotes: false);
        _cache.Create(_store);
        _cache.Complete(body);
        return _batch.Count;
    }

    private sealed class NumberingStore : ISeriesAppender
    {
        private ulong _last;

        public bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series)
        {
            series = default;
            return false;
        }

        public SeriesRef GetOrAdd(Labels labels, ReadOnlySpan<byte> wireBytes = default) => new(++_last);

        public AppendSummary Append(SampleBatch batch) => new(batch.Count, 0, 0, 0, 0);
    }
}
