using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;
using Pharos.Storage.HeadChunks;
using Pharos.Storage.Native;

namespace Pharos.Benchmarks.Storage;

/// <summary>
/// Nanoseconds per sample of decoding chunks of many series, each alone and eight together. One chunk decoded again and again would tell nothing of the first: the branch predictor
/// learns it by heart.
/// </summary>
public unsafe class XorLanesBenchmarks : IDisposable
{
    private const int Samples = 120;
    private const int Chunks = 1024;
    private const int ChunkRoom = 1200;

    private readonly BlockPool _blocks = new(1L << 30);
    private readonly ClosedChunks _arena = new(1L << 30);
    private readonly byte[] _bits = GC.AllocateArray<byte>(Chunks * ChunkRoom, pinned: true);
    private readonly int[] _lengths = new int[Chunks];
    private readonly long[] _times = GC.AllocateArray<long>(XorLanes.Count * (Samples + SampleBuffer.Slack), pinned: true);
    private readonly double[] _values = GC.AllocateArray<double>(XorLanes.Count * (Samples + SampleBuffer.Slack), pinned: true);

    [Params("buckets", "requests", "float sums", "constant")]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var appender = new XorAppender(_blocks, _arena, null, FreeChain);
        (int first, int last) = Kind switch
        {
            "buckets" => (0, 60),
            "requests" => (60, 80),
            "float sums" => (80, 86),
            _ => (95, 100),
        };
        var fleet = new Fleet(100);
        for (int c = 0; c < Chunks; c++)
        {
            HotLine line = default;
            for (int i = 0; i < Samples; i++)
            {
                // A few samples are late; eight series of a target share that.
                long late = new Random((c / XorLanes.Count * Samples) + i).Next(50) == 0 ? 3 : 0;
                appender.Append(&line, 7_200_000_000 + (i * Fleet.StepMs) + late, BitConverter.DoubleToUInt64Bits(fleet.Next(first + (c % (last - first)))));
            }

            _lengths[c] = XorAppender.Flatten(line, _blocks, BitsOf(c));
            FreeChain(line.Block);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _blocks.Dispose();
        _arena.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Chunks * Samples, Baseline = true)]
    public bool Alone()
    {
        bool decoded = true;
        for (int c = 0; c < Chunks; c++)
        {
            decoded &= XorDecoder.TryDecode(BitsOf(c), _lengths[c], Samples, TimesOf(c % XorLanes.Count), ValuesOf(c % XorLanes.Count));
        }

        return decoded;
    }

    [Benchmark(OperationsPerInvoke = Chunks * Samples)]
    public bool Together()
    {
        XorLane* lanes = stackalloc XorLane[XorLanes.Count];
        bool decoded = true;
        for (int c = 0; c < Chunks; c += XorLanes.Count)
        {
            for (int l = 0; l < XorLanes.Count; l++)
            {
                lanes[l] = new XorLane { Bits = BitsOf(c + l), Length = _lengths[c + l], Count = Samples, Times = TimesOf(l), Values = ValuesOf(l) };
            }

            decoded &= XorLanes.TryDecode(lanes, long.MinValue, long.MaxValue);
        }

        return decoded;
    }

    // The arrays are pinned.
    private byte* BitsOf(int chunk) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bits)) + (chunk * ChunkRoom);

    private long* TimesOf(int lane) => (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_times)) + (lane * (Samples + SampleBuffer.Slack));

    private double* ValuesOf(int lane) => (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_values)) + (lane * (Samples + SampleBuffer.Slack));

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
