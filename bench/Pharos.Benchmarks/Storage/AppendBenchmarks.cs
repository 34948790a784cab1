using BenchmarkDotNet.Attributes;
using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Storage;
using Pharos.Storage.Head;

namespace Pharos.Benchmarks.Storage;

/// <summary>Nanoseconds per sample of a batch of 2000, and of finding a series by its label bytes.</summary>
[MemoryDiagnoser]
public class AppendBenchmarks
{
    private const int PerBatch = 2000;
    private readonly SampleBatch _batch = new(PerBatch);
    private byte[][] _labels = [];
    private SeriesRef[] _series = [];
    private Fleet _fleet = new(1);
    private Tsdb? _db;
    private string _folder = "";
    private int _at;
    private long _time = Fleet.Start;

    [Params(50_000)]
    public int Series { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("pharos-bench-").FullName;
        _db = Tsdb.Open(new TsdbOptions { Folder = _folder });
        _fleet = new Fleet(Series);
        _series = new SeriesRef[Series];
        _labels = new byte[Series][];
        byte[] buffer = new byte[4096];
        for (int i = 0; i < Series; i++)
        {
            Core.Labels.Labels labels = Fleet.LabelsOf(i);
            _series[i] = _db.GetOrAdd(labels);
            _labels[i] = buffer[..LabelBytes.Encode(labels, buffer)];
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _db!.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = PerBatch)]
    public AppendSummary Append()
    {
        _batch.Clear();
        for (int i = 0; i < PerBatch; i++)
        {
            int series = (_at + i) % Series;
            _batch.Add(_series[series], _time, _fleet.Next(series));
        }

        _at = (_at + PerBatch) % Series;
        _time += _at == 0 ? Fleet.StepMs : 0;
        return _db!.Append(_batch);
    }

    [Benchmark(OperationsPerInvoke = PerBatch)]
    public int Find()
    {
        int found = 0;
        for (int i = 0; i < PerBatch; i++)
        {
            found += _db!.TryFind(_labels[(_at + i) % Series], out _) ? 1 : 0;
        }

        _at = (_at + PerBatch) % Series;
        return found;
    }
}
