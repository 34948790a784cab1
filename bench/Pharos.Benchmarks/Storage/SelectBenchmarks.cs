using BenchmarkDotNet.Attributes;
using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage;

namespace Pharos.Benchmarks.Storage;

/// <summary>Selecting series, copies of their lines included, and reading them whole.</summary>
[MemoryDiagnoser]
public class SelectBenchmarks
{
    private const int Series = 100_000;
    private const int Steps = 60;
    private static readonly Matcher Buckets = new(Core.Matching.MatchType.Equal, "__name__", "http_request_duration_seconds_bucket");
    private static readonly Matcher Job = new(Core.Matching.MatchType.Equal, "job", "cart");
    private static readonly Matcher Pods = new(Core.Matching.MatchType.Match, "pod", "(checkout|cart)-.*");
    private readonly SampleBuffer _buffer = new();
    private Tsdb? _db;
    private string _folder = "";

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("pharos-bench-").FullName;
        _db = Tsdb.Open(new TsdbOptions { Folder = _folder });
        var fleet = new Fleet(Series);
        var batch = new SampleBatch();
        SeriesRef[] series = [.. Enumerable.Range(0, Series).Select(i => _db.GetOrAdd(Fleet.LabelsOf(i)))];
        for (int step = 0; step < Steps; step++)
        {
            batch.Clear();
            for (int i = 0; i < Series; i++)
            {
                batch.Add(series[i], Fleet.Start + (step * Fleet.StepMs), fleet.Next(i));
            }

            _db.Append(batch);
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _db!.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public int TwoEqual() => Select(Buckets, Job);

    [Benchmark]
    public int EqualAndExpression() => Select(Buckets, Pods);

    [Benchmark]
    public int All() => Select();

    [Benchmark(OperationsPerInvoke = Series * Steps)]
    public long ReadAll()
    {
        using ISeriesQuerier querier = _db!.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], long.MinValue, long.MaxValue), CancellationToken.None);
        long samples = 0;
        for (int i = 0; i < set.Count; i++)
        {
            set.Read(i, long.MinValue, long.MaxValue, _buffer);
            samples += _buffer.Count;
        }

        return samples;
    }

    private int Select(params Matcher[] matchers)
    {
        using ISeriesQuerier querier = _db!.OpenQuerier();
        return querier.Select(new SeriesSelection(matchers, long.MinValue, long.MaxValue), CancellationToken.None).Count;
    }
}
