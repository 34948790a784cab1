using BenchmarkDotNet.Attributes;
using Pharos.Core.Hashing;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;

namespace Pharos.Benchmarks.Storage;

/// <summary>Nanoseconds per native histogram of appending to the head's chunks and of decoding one.</summary>
[MemoryDiagnoser]
public unsafe class HistogramChunkBenchmarks : IDisposable
{
    private const int Samples = 100;
    private readonly NativeHistogram[] _histograms = new NativeHistogram[Samples];
    private readonly SampleBuffer _buffer = new();
    private readonly HistogramChunkBuilder _builder = new();
    private readonly HeadMemory _memory = new(KeyedHasher.CreateRandom());
    private byte[] _chunk = [];

    [Params(8, 60, 160)]
    public int Buckets { get; set; }

    [Params(true, false)]
    public bool AsIntegers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        double[] counts = new double[Buckets];
        double sum = 0;
        for (int i = 0; i < Samples; i++)
        {
            // A tenth of the buckets grow between two scrapes, those in the middle most.
            for (int k = 0; k < 1 + (Buckets / 10); k++)
            {
                counts[Math.Min(Buckets - 1, (int)((random.NextDouble() + random.NextDouble()) * Buckets / 2))] += random.Next(1, 20);
            }

            sum += random.NextDouble();
            var histogram = new FloatHistogram
            {
                Schema = 3,
                ZeroThreshold = Math.ScaleB(1, -128),
                Count = counts.Sum(),
                Sum = sum,
                PositiveSpans = [new BucketSpan(-4, Buckets / 2), new BucketSpan(3, Buckets - (Buckets / 2))],
                PositiveBuckets = [.. counts],
            };
            _histograms[i] = AsIntegers ? new NativeHistogram(IntegerHistogram.FromFloat(histogram)!) : new NativeHistogram(histogram);
        }

        _builder.Clear();
        for (int i = 0; i < Samples; i++)
        {
            if (!_builder.TryAppend(Time(i), _histograms[i]))
            {
                _builder.Begin(Time(i), _histograms[i]);
            }
        }

        _chunk = new byte[_builder.Length];
        _builder.CopyTo(_chunk);
        _memory.Series.Lines[1].State = SeriesState.Alive;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _builder.Dispose();
        _memory.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public void Append()
    {
        HotLine* line = _memory.Series.Lines + 1;
        for (int i = 0; i < Samples; i++)
        {
            _memory.Histograms.Append(line, Time(i), _histograms[i]);
        }

        _memory.Xor.Discard(line);
        _memory.HistogramStates.Remove(1);
        *line = new HotLine { State = SeriesState.Alive, Time = long.MinValue };
    }

    [Benchmark(OperationsPerInvoke = Samples)]
    public bool Decode()
    {
        _buffer.Clear();
        return ChunkDecoder.TryAppendHistograms(_chunk, AsIntegers ? ChunkEncoding.Histogram : ChunkEncoding.FloatHistogram, long.MinValue, long.MaxValue, _buffer, out _);
    }

    private static long Time(int sample) => 1_700_000_000_000 + (sample * 15_000L);
}
