using BenchmarkDotNet.Attributes;
using Pharos.Storage.Wal;

namespace Pharos.Benchmarks.Storage;

/// <summary>Nanoseconds per sample of compressing and decompressing a record of 2000 samples, and what is left of its bytes (said once at the start).</summary>
public class RecordCompressorBenchmarks
{
    private const int Samples = 2000;
    private readonly RecordBuffer _target = new();
    private byte[] _record = [];
    private byte[] _compressed = [];
    private RecordCompressor? _compressor;

    [Params(WalCompression.Snappy, WalCompression.Zstd)]
    public WalCompression Kind { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _record = WalBenchmarks.Record(Samples);
        _compressor = new RecordCompressor(Kind);
        _compressed = _compressor.Compress(_record, out _).ToArray();
        Console.WriteLine($"{Kind}: {(double)_record.Length / Samples:F2} bytes a sample become {(double)_compressed.Length / Samples:F2}");
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public int Compress() => _compressor!.Compress(_record, out _).Length;

    [Benchmark(OperationsPerInvoke = Samples)]
    public int Decompress()
    {
        _target.Clear();
        RecordCompressor.Decompress(_compressed, (byte)Kind, _target);
        return _target.Length;
    }
}
