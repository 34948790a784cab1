using BenchmarkDotNet.Attributes;
using Pharos.Benchmarks.Storage;
using Pharos.Core.Buffers;

namespace Pharos.Benchmarks.Buffers;

/// <summary>Nanoseconds per sample of a log record of 2000 samples.</summary>
[MemoryDiagnoser]
public class SnappyBlockBenchmarks
{
    private const int Samples = 2000;
    private byte[] _record = [];
    private byte[] _compressed = [];
    private byte[] _output = [];
    private int _length;

    [GlobalSetup]
    public void Setup()
    {
        _record = WalBenchmarks.Record(Samples);
        _compressed = new byte[SnappyBlock.MaxCompressedLength(_record.Length)];
        _length = SnappyBlock.Compress(_record, _compressed);
        _output = new byte[_record.Length];
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public int Compress() => SnappyBlock.Compress(_record, _compressed);

    [Benchmark(OperationsPerInvoke = Samples)]
    public bool Decompress() => SnappyBlock.TryDecompress(_compressed.AsSpan(0, _length), _output, out _);
}
