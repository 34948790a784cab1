using BenchmarkDotNet.Attributes;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;
using Pharos.Storage.HeadChunks;
using Pharos.Storage.Native;

namespace Pharos.Benchmarks.Storage;

/// <summary>Nanoseconds per sample of appending to and decoding a chunk, by the kind of values.</summary>
[MemoryDiagnoser]
public unsafe class XorChunkBenchmarks : IDisposable
{
    private const int Samples = 120;
    private readonly BlockPool _blocks = new(1L << 30);
    private readonly ClosedChunks _chunks = new(1L << 30);
    private readonly ulong[] _values = new ulong[Samples];
    private readonly byte[] _bits = GC.AllocateArray<byte>(4096, pinned: true);
    private readonly long[] _times = GC.AllocateArray<long>(Samples, pinned: true);
    private readonly double[] _decoded = GC.AllocateArray<double>(Samples, pinned: true);
    private XorAppender? _appender;
    private int _length;

    [Params("buckets", "requests", "float sums", "memory", "constant")]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _appender = new XorAppender(_blocks, _chunks, null, FreeChain);
        int inPod = Kind switch
        {
            "buckets" => 3,
            "requests" => 70,
            "float sums" => 81,
            "memory" => 88,
            _ => 95,
        };
        var fleet = new Fleet(100);
        for (int i = 0; i < Samples; i++)
        {
            _values[i] = BitConverter.DoubleToUInt64Bits(fleet.Next(inPod));
        }

        HotLine line = Fill();
        fixed (byte* bits = _bits)
        {
            _length = XorAppender.Flatten(line, _blocks, bits);
        }

        FreeChain(line.Block);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _blocks.Dispose();
        _chunks.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public void Append() => FreeChain(Fill().Block);

    [Benchmark(OperationsPerInvoke = Samples)]
    public bool Decode()
    {
        fixed (byte* bits = _bits)
        fixed (long* times = _times)
        fixed (double* values = _decoded)
        {
            return XorDecoder.TryDecode(bits, _length, Samples, times, values);
        }
    }

    private HotLine Fill()
    {
        HotLine line = default;
        for (int i = 0; i < Samples; i++)
        {
            // All within one range of two hours, a few of them late.
            _appender!.Append(&line, 7_200_000_000 + (i * Fleet.StepMs) + (i % 40 == 7 ? 3 : 0), _values[i]);
        }

        return line;
    }

    private void FreeChain(uint block)
    {
        while (block != 0)
        {
            uint next = (uint)_blocks.At(block)[XorAppender.WordsPerBlock];
            _blocks.Free(block);
            block = next;
        }
    }
}
