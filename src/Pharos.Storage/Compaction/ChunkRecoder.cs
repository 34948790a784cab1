using System.Globalization;
using Pharos.Core.Histograms;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;
using Pharos.Storage.Native;

namespace Pharos.Storage.Compaction;

/// <summary>Decodes chunks and writes them anew, into memory that is given up at the next <see cref="Reset"/>. For one thread.</summary>
/// <remarks>Pointers: a chunk is encoded into room of the size that its samples need at most, and <see cref="ChunkView.ReadAhead"/> more.</remarks>
internal sealed unsafe class ChunkRecoder : IDisposable
{
    /// <summary>Samples of a chunk that merging makes, as upstream has it.</summary>
    private const int MergedSamples = 120;

    private readonly ScratchMemory _memory = new();
    private readonly HistogramChunkBuilder _histograms = new();
    private readonly SampleRun _decoded = new();
    private readonly SampleRun _kept = new();

    /// <summary>Gives up the chunks that were written.</summary>
    public void Reset() => _memory.Reset();

    /// <summary>Adds the samples of a chunk to the run.</summary>
    /// <exception cref="InvalidDataException">The chunk does not decode, or has start timestamps, which are not written.</exception>
    public static void Decode(in ChunkView chunk, SampleRun run)
    {
        switch (chunk.Encoding)
        {
            case ChunkEncoding.Histogram:
            case ChunkEncoding.FloatHistogram:
            case ChunkEncoding.HistogramWithStart:
            case ChunkEncoding.FloatHistogramWithStart:
                DecodeHistograms(chunk, run);
                break;
            default:
                if (!ChunkDecoder.TryAppend(chunk, long.MinValue, long.MaxValue, run.Numbers, out string? error))
                {
                    throw Undecodable(chunk, error);
                }

                ThrowIfStarted(chunk, run.Numbers.HasStartTimestamps);
                break;
        }
    }

    /// <summary>Adds the chunk without what lies outside the range or is deleted; nothing when no sample is left.</summary>
    /// <exception cref="InvalidDataException">The chunk does not decode, or has start timestamps, which are not written.</exception>
    public void AddTrimmed(in ChunkView chunk, long minTime, long maxTime, ReadOnlySpan<DeletedInterval> deleted, List<ChunkView> output)
    {
        _decoded.Clear();
        _kept.Clear();
        Decode(chunk, _decoded);
        for (int i = 0; i < _decoded.Count; i++)
        {
            long time = _decoded.TimeAt(i);
            while (deleted.Length > 0 && deleted[0].MaxTime < time)
            {
                deleted = deleted[1..];
            }

            bool isDeleted = deleted.Length > 0 && deleted[0].MinTime <= time;
            if (time >= minTime && time <= maxTime && !isDeleted)
            {
                _kept.Add(_decoded, i);
            }
        }

        AddChunks(_kept, ushort.MaxValue, output);
    }

    /// <summary>Adds chunks of all samples, cut as upstream cuts what it merged.</summary>
    public void AddMerged(SampleRun samples, List<ChunkView> output) => AddChunks(samples, MergedSamples, output);

    public void Dispose()
    {
        _memory.Dispose();
        _histograms.Dispose();
    }

    private static void DecodeHistograms(in ChunkView chunk, SampleRun run)
    {
        var reader = new HistogramChunkReader(chunk.Bytes, chunk.Encoding);
        try
        {
            while (reader.MoveNext())
            {
                ThrowIfStarted(chunk, reader.StartTime != 0);
                run.Add(reader.Time, reader.ToNative());
            }

            if (reader.Error is not null)
            {
                throw Undecodable(chunk, reader.Error);
            }
        }
        finally
        {
            reader.Dispose();
        }
    }

    private static void ThrowIfStarted(in ChunkView chunk, bool hasStarts)
    {
        if (hasStarts)
        {
            throw Undecodable(chunk, $"it has start timestamps ({chunk.Encoding}), which cannot be written anew");
        }
    }

    // Runs of numbers and of histograms in turn.
    private void AddChunks(SampleRun samples, int most, List<ChunkView> output)
    {
        for (int from = 0; from < samples.Count;)
        {
            int to = from + 1;
            bool areHistograms = !samples.HistogramAt(from).IsNone;
            while (to < samples.Count && !samples.HistogramAt(to).IsNone == areHistograms)
            {
                to++;
            }

            if (areHistograms)
            {
                AddHistograms(samples, from, to, most, output);
            }
            else
            {
                AddNumbers(samples.Numbers, from, to, most, output);
            }

            from = to;
        }
    }

    private void AddNumbers(SampleBuffer samples, int from, int to, int most, List<ChunkView> output)
    {
        for (; from < to; from += most)
        {
            int count = Math.Min(most, to - from);
            ReadOnlySpan<long> times = samples.Timestamps.Slice(from, count);
            byte* data = _memory.Allocate(XorEncoder.MaxBytes(count) + ChunkView.ReadAhead);
            int length = XorEncoder.Encode(times, samples.Values.Slice(from, count), data);
            _memory.Shrink(data, length + ChunkView.ReadAhead);
            output.Add(new ChunkView(ChunkEncoding.Xor, data, length, times[0], times[^1]));
        }
    }

    private void AddHistograms(SampleRun samples, int from, int to, int most, List<ChunkView> output)
    {
        _histograms.Clear();
        for (int i = from; i < to; i++)
        {
            NativeHistogram histogram = samples.HistogramAt(i);
            if (_histograms.Count >= most)
            {
                TakeHistograms(output);
            }

            if (!_histograms.TryAppend(samples.TimeAt(i), histogram))
            {
                TakeHistograms(output);
                _histograms.Begin(samples.TimeAt(i), histogram);
            }
        }

        TakeHistograms(output);
        _histograms.Clear();
    }

    private void TakeHistograms(List<ChunkView> output)
    {
        if (_histograms.Count == 0)
        {
            return;
        }

        int length = _histograms.Length;
        byte* data = _memory.Allocate(length + ChunkView.ReadAhead);
        _histograms.CopyTo(new Span<byte>(data, length));
        output.Add(new ChunkView(_histograms.Encoding, data, length, _histograms.MinTime, _histograms.MaxTime));
        _histograms.Drop();
    }

    private static InvalidDataException Undecodable(in ChunkView chunk, string why) => new(string.Create(
        CultureInfo.InvariantCulture, $"a chunk of {chunk.Length} bytes with samples from {chunk.MinTime} to {chunk.MaxTime} does not decode: {why}"));
}
