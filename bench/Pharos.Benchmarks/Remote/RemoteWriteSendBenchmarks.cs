using BenchmarkDotNet.Attributes;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Sending;
using Pharos.Testing;

namespace Pharos.Benchmarks.Remote;

/// <summary>Nanoseconds for a sample from the decoded record to the compressed request of 2000.</summary>
[MemoryDiagnoser]
public class RemoteWriteSendBenchmarks
{
    private const int Samples = 2000;
    private readonly LoggedSample[] _samples = new LoggedSample[Samples];
    private SeriesCache? _cache;
    private RequestBatch? _batch;
    private byte[] _compressed = [];
    private byte[] _joined = [];

    [Params(false, true)]
    public bool IsVersion2 { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _cache = new SeriesCache(new FleetLog(), new SeriesShaping(IsVersion2, Labels.Empty, [], TypeAndUnitLabels: false));
        _batch = new BatchPool(IsVersion2, tracksAge: false).Rent();
        for (int i = 0; i < Samples; i++)
        {
            _samples[i] = new LoggedSample(new SeriesRef((ulong)i + 1), 1_700_000_000_000, i * 1.5, 0);
        }
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public int Encode()
    {
        _batch!.Start(1, default, 0);
        foreach (ref readonly LoggedSample sample in _samples.AsSpan())
        {
            ref CachedSeries series = ref _cache!.Get(sample.Series, default);
            _batch.AddSample(ref series, sample, _cache);
        }

        _batch.Seal(_cache!);
        return _batch.Compress(ref _compressed, ref _joined);
    }

    private sealed class FleetLog : ISampleLog
    {
        public event Action? Written
        {
            add { }
            remove { }
        }

        public LogPosition End => default;

        public LogStatistics Statistics => default;

        public ILogCursor OpenCursor(LogPosition from, LogContent content) => throw new NotSupportedException();

        public int FindLabels(SeriesRef series, ref byte[] buffer)
        {
            buffer = InMemoryAppender.Encode(Fleet.LabelsOf((int)series.Value));
            return buffer.Length;
        }

        public bool FindMetadata(SeriesRef series, out SeriesMetadata metadata)
        {
            metadata = default;
            return false;
        }

        public void ReadSeries(LogPosition until, Action<LoggedRecord> read, CancellationToken cancellationToken)
        {
        }
    }
}
