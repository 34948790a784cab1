using BenchmarkDotNet.Attributes;
using Pharos.Core.Contracts;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage;
using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Benchmarks.Storage;

/// <summary>
/// Queries of a folder of fifty blocks and a head, each block two hours of the same series. The head has one hour: what is read of it alone is to be compared, per sample, with what
/// is read of the last two blocks and it.
/// </summary>
[MemoryDiagnoser]
public class BlockBenchmarks
{
    private const int Series = 20_000;
    private const int Blocks = 50;
    private const int ChunksPerBlock = 4;
    private const int Steps = 240;
    private static readonly Matcher Buckets = new(MatchType.Equal, "__name__", "http_request_duration_seconds_bucket");
    private static readonly Matcher Job = new(MatchType.Equal, "job", "cart");
    private static readonly Matcher Pods = new(MatchType.Match, "pod", "(checkout|cart)-.*");
    private readonly SampleBuffer[] _buffers = [.. Enumerable.Range(0, 8).Select(static _ => new SampleBuffer())];
    private string _folder = "";
    private Tsdb? _db;
    private long _headTime;
    private long _blocksTime;

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("pharos-bench-").FullName;
        for (int block = Blocks; block > 0; block--)
        {
            BlockFolder.Write(_folder, Series, block, block <= 2 ? ChunksPerBlock : 1);
        }

        _db = Tsdb.Open(new TsdbOptions { Folder = _folder, Retention = TimeSpan.Zero });
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

        _headTime = _db.GetMetrics().MinTime;
        _blocksTime = (_headTime / 7_200_000 * 7_200_000) - (2 * 7_200_000);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _db!.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Fifty blocks opened, checked and closed.</summary>
    [Benchmark]
    public int OpenFiftyBlocks()
    {
        using var list = new BlockList(DiskFiles.Instance, _folder, log: null);
        list.Reload();
        return list.Current.Count;
    }

    [Benchmark]
    public int SelectInHead() => Select(_headTime, Buckets, Job);

    [Benchmark]
    public int SelectInBlock() => Select(_blocksTime, _headTime - 7_200_000, Buckets, Job);

    [Benchmark]
    public int SelectInHeadAndTwoBlocks() => Select(_blocksTime, Buckets, Job);

    [Benchmark]
    public int SelectByExpressionInHeadAndTwoBlocks() => Select(_blocksTime, Buckets, Pods);

    [Benchmark]
    public int SelectInFiftyBlocks() => Select(0, Buckets, Job);

    /// <summary>240 samples of each series.</summary>
    [Benchmark(OperationsPerInvoke = Series * Steps)]
    public long ReadHead() => ReadAll(_headTime, long.MaxValue);

    /// <summary>480 samples of each series.</summary>
    [Benchmark(OperationsPerInvoke = Series * ChunksPerBlock * 120)]
    public long ReadBlock() => ReadAll(_blocksTime, _blocksTime + 7_199_999);

    /// <summary>1200 samples of each series.</summary>
    [Benchmark(OperationsPerInvoke = Series * ((2 * ChunksPerBlock * 120) + Steps))]
    public long ReadHeadAndTwoBlocks() => ReadAll(_blocksTime, long.MaxValue);

    private int Select(long minTime, params Matcher[] matchers) => Select(minTime, long.MaxValue, matchers);

    private int Select(long minTime, long maxTime, params Matcher[] matchers)
    {
        using ISeriesQuerier querier = _db!.OpenQuerier();
        return querier.Select(new SeriesSelection(matchers, minTime, maxTime), CancellationToken.None).Count;
    }

    private long ReadAll(long minTime, long maxTime)
    {
        using ISeriesQuerier querier = _db!.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], minTime, maxTime), CancellationToken.None);
        long samples = 0;
        for (int i = 0; i < set.Count; i += _buffers.Length)
        {
            int count = Math.Min(_buffers.Length, set.Count - i);
            set.ReadSeveral(i, minTime, maxTime, _buffers.AsSpan(0, count));
            for (int k = 0; k < count; k++)
            {
                samples += _buffers[k].Count;
            }
        }

        return samples;
    }
}
