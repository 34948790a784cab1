using System.Buffers;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Pharos.Core.Buffers;
using Pharos.Core.Contracts;
using Pharos.Core.Hashing;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Remote.Receiving;
using Pharos.Testing;

namespace Pharos.Benchmarks.Remote;

/// <summary>Nanoseconds for a sample of a request of 2000, from the compressed body to the batch; the store only knows series.</summary>
[MemoryDiagnoser]
public class RemoteWriteBenchmarks
{
    private const int Samples = 2000;
    private ReadOnlySequence<byte> _body;
    private RemoteWriteReceiver? _receiver;

    [Params(1, 20)]
    public int SamplesPerSeries { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var request = new WriteRequestBuilder();
        for (int i = 0; i < Samples / SamplesPerSeries; i++)
        {
            Labels labels = Fleet.LabelsOf(i);
            request.Add(
                [.. labels.SelectMany(static l => (string[])[l.Name, l.Value])],
                [.. Enumerable.Range(0, SamplesPerSeries).Select(k => (now + k, (double)(k * i)))]);
        }

        byte[] message = request.ToMessage();
        byte[] body = new byte[SnappyBlock.MaxCompressedLength(message.Length)];
        _body = new ReadOnlySequence<byte>(body, 0, SnappyBlock.Compress(message, body));
        _receiver = new RemoteWriteReceiver(new KnowingStore(), new RemoteWriteLimits(), TimeProvider.System);
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public RemoteWriteResponse Receive() => _receiver!.Receive(null, null, _body);

    private sealed class KnowingStore : ISeriesAppender
    {
        private readonly KeyedHasher _hasher = new("benchmark"u8);
        private readonly Dictionary<Hash128, SeriesRef> _known = [];

        public bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series) => _known.TryGetValue(_hasher.Hash(labelBytes), out series);

        public SeriesRef GetOrAdd(Labels labels, ReadOnlySpan<byte> wireBytes = default)
        {
            var series = new SeriesRef((ulong)_known.Count + 1);
            _known[_hasher.Hash(wireBytes)] = series;
            return series;
        }

        public AppendSummary Append(SampleBatch batch)
        {
            batch.Results.Clear();
            return new AppendSummary(batch.Count, 0, 0, 0, 0);
        }
    }
}
