using BenchmarkDotNet.Attributes;
using Pharos.Storage.Files;
using Pharos.Storage.Wal;

namespace Pharos.Benchmarks.Storage;

/// <summary>Nanoseconds per sample of encoding a record of 2000 samples and of framing and writing it.</summary>
[MemoryDiagnoser]
public class WalBenchmarks : IDisposable
{
    private const int Samples = 2000;
    private readonly RecordBuffer _buffer = new();
    private readonly Fleet _fleet = new(Samples);
    private double[] _values = [];
    private byte[] _record = [];
    private WalWriter? _writer;
    private string _folder = "";

    /// <summary>A record of one sample of so many series.</summary>
    internal static byte[] Record(int samples)
    {
        var buffer = new RecordBuffer();
        var fleet = new Fleet(samples);
        Encode(buffer, [.. Enumerable.Range(0, samples).Select(fleet.Next)]);
        return buffer.Written.ToArray();
    }

    [GlobalSetup]
    public void Setup()
    {
        _values = [.. Enumerable.Range(0, Samples).Select(_fleet.Next)];
        _record = Record(Samples);
        _folder = Directory.CreateTempSubdirectory("pharos-bench-").FullName;
        _writer = new WalWriter(_folder, DiskFiles.Instance, 0, 128 << 20, static (_, e) => throw e);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _writer?.Dispose();
        GC.SuppressFinalize(this);
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public int Encode()
    {
        _buffer.Clear();
        Encode(_buffer, _values);
        return _buffer.Length;
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public void FrameAndWrite()
    {
        _writer!.Add(_record, WalCompression.None);
        _writer.Commit();
        if (_writer.Segment > 8)
        {
            Dispose();
            Setup();
        }
    }

    private static void Encode(RecordBuffer buffer, double[] values)
    {
        var encoder = new SamplesEncoder(buffer, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            encoder.Add((ulong)i + 1, Fleet.Start + (i / 100 % 1000), BitConverter.DoubleToUInt64Bits(values[i]));
        }

        encoder.End();
    }
}
