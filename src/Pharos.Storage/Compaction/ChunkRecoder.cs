using System.Globalization;
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
    private readonly SampleBuffer _decoded = new(256);
    private readonly SampleBuffer _kept = new(256);

    /// <summary>Gives up the chunks that were written.</summary>
    public void Reset() => _memory.Reset();

    /// <summary>Adds the samples of a chunk to the buffer.</summary>
    /// <exception cref="InvalidDataException">The chunk does not decode.</exception>
    public static void Decode(in ChunkView chunk, SampleBuffer buffer)
    {
        if (chunk.Encoding != ChunkEncoding.Xor)
        {
            throw Undecodable(chunk, string.Create(CultureInfo.InvariantCulture, $"encoding {(byte)chunk.Encoding} cannot be written anew"));
        }

        int count = chunk.Count;
        int length = chunk.Length - ChunkView.MinLength;
        int at = buffer.Count;

        // A sample takes two bits at least: no room is made for more than there are.
        if (count > length * 4L)
        {
            throw Undecodable(chunk, "it is too short for its samples");
        }

        buffer.EnsureCapacity(at + count);
        fixed (long* times = &buffer.TimestampArray[at])
        fixed (double* values = &buffer.ValueArray[at])
        {
            if (!XorDecoder.TryDecode(chunk.Data + ChunkView.MinLength, length, count, times, values))
            {
                throw Undecodable(chunk, "it ends inside a sample");
            }
        }

        buffer.Count = at + count;
    }

    /// <summary>Adds the chunk without what lies outside the range or is deleted; nothing when no sample is left.</summary>
    /// <exception cref="InvalidDataException">The chunk does not decode.</exception>
    public void AddTrimmed(in ChunkView chunk, long minTime, long maxTime, ReadOnlySpan<DeletedInterval> deleted, List<ChunkView> output)
    {
        _decoded.Clear();
        _kept.Clear();
        Decode(chunk, _decoded);
        ReadOnlySpan<long> times = _decoded.Timestamps;
        for (int i = 0; i < times.Length; i++)
        {
            long time = times[i];
            while (deleted.Length > 0 && deleted[0].MaxTime < time)
            {
                deleted = deleted[1..];
            }

            bool isDeleted = deleted.Length > 0 && deleted[0].MinTime <= time;
            if (time >= minTime && time <= maxTime && !isDeleted)
            {
                _kept.Add(time, _decoded.Values[i]);
            }
        }

        if (_kept.Count > 0)
        {
            AddChunk(_kept, 0, _kept.Count, output);
        }
    }

    /// <summary>Adds chunks of all samples, cut as upstream cuts what it merged.</summary>
    public void AddMerged(SampleBuffer samples, List<ChunkView> output)
    {
        for (int from = 0; from < samples.Count; from += MergedSamples)
        {
            AddChunk(samples, from, Math.Min(MergedSamples, samples.Count - from), output);
        }
    }

    public void Dispose() => _memory.Dispose();

    private void AddChunk(SampleBuffer samples, int from, int count, List<ChunkView> output)
    {
        ReadOnlySpan<long> times = samples.Timestamps.Slice(from, count);
        byte* data = _memory.Allocate(XorEncoder.MaxBytes(count) + ChunkView.ReadAhead);
        int length = XorEncoder.Encode(times, samples.Values.Slice(from, count), data);
        _memory.Shrink(data, length + ChunkView.ReadAhead);
        output.Add(new ChunkView(ChunkEncoding.Xor, data, length, times[0], times[^1]));
    }

    private static InvalidDataException Undecodable(in ChunkView chunk, string why) => new(string.Create(
        CultureInfo.InvariantCulture, $"a chunk of {chunk.Length} bytes with samples from {chunk.MinTime} to {chunk.MaxTime} does not decode: {why}"));
}
