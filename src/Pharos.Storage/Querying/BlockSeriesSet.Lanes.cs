using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;

namespace Pharos.Storage.Querying;

/// <content>Eight series at once, as <see cref="HeadSeriesSet"/> does: chunks of series of one target have equal lengths, so nearly all samples are decoded in the lanes of vectors.</content>
internal sealed unsafe partial class BlockSeriesSet
{
    // Chunks of a series in the range; series with more (days of a large block) are read one by one.
    private const int MaxLaneChunks = 64;

    public void ReadSeveral(int first, long minTime, long maxTime, ReadOnlySpan<SampleBuffer> buffers)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + (long)buffers.Length, Count, nameof(buffers));
        Span<int> indices = stackalloc int[XorLanes.Count];
        for (int done = 0; done < buffers.Length;)
        {
            int count = Math.Min(XorLanes.Count, buffers.Length - done);
            for (int l = 0; l < count; l++)
            {
                indices[l] = first + done + l;
                buffers[done + l].Clear();
            }

            AppendSeveral(indices[..count], minTime, maxTime, buffers.Slice(done, count));
            done += count;
        }
    }

    /// <summary>Adds the samples of some series, each at the end of its buffer, whatever that holds already. For sets of numbers alone.</summary>
    /// <param name="indices">At most <see cref="XorLanes.Count"/>.</param>
    /// <param name="minTime">Milliseconds, inclusive.</param>
    /// <param name="maxTime">Milliseconds, inclusive.</param>
    /// <param name="buffers">As many.</param>
    public void AppendSeveral(ReadOnlySpan<int> indices, long minTime, long maxTime, ReadOnlySpan<SampleBuffer> buffers)
    {
        bool fits = indices.Length == XorLanes.Count && XorLanes.IsSupported && !HasMoreThanNumbers && _tombstones.Count == 0;
        if (fits && TryAppendLanes(indices, minTime, maxTime, buffers))
        {
            return;
        }

        SampleBuffer part = _scratch ??= new SampleBuffer(256);
        for (int i = 0; i < indices.Length; i++)
        {
            if (buffers[i].Count == 0)
            {
                Read(indices[i], minTime, maxTime, buffers[i]);
            }
            else
            {
                Read(indices[i], minTime, maxTime, part);
                buffers[i].Append(part, 0, part.Count);
            }
        }
    }

    // False when they are to be read one by one, which also names what is damaged; the buffers then are as before.
    [SkipLocalsInit] // the places are written before they are read
    private bool TryAppendLanes(ReadOnlySpan<int> indices, long minTime, long maxTime, ReadOnlySpan<SampleBuffer> buffers)
    {
        LaneChunk* chunks = stackalloc LaneChunk[XorLanes.Count * MaxLaneChunks]; // 8 KiB, oldest first
        int* counts = stackalloc int[XorLanes.Count];
        int* samples = stackalloc int[XorLanes.Count];
        int common = int.MaxValue;
        for (int l = 0; l < XorLanes.Count; l++)
        {
            if (!TryFindChunks(indices[l], minTime, maxTime, chunks + (l * MaxLaneChunks), out counts[l], out samples[l]))
            {
                return false;
            }

            common = Math.Min(common, counts[l]);
        }

        XorLane* lanes = stackalloc XorLane[XorLanes.Count];
        for (int l = 0; l < XorLanes.Count; l++)
        {
            SampleBuffer buffer = buffers[l];
            buffer.EnsureCapacity(buffer.Count + samples[l]);
            lanes[l].Times = (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer.TimestampArray)) + buffer.Count; // the buffer's arrays are pinned
            lanes[l].Values = (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer.ValueArray)) + buffer.Count;
        }

        if (!TryDecode(lanes, chunks, counts, common, minTime, maxTime))
        {
            return false;
        }

        for (int l = 0; l < XorLanes.Count; l++)
        {
            SampleBuffer buffer = buffers[l];
            int count = (int)(lanes[l].Times - (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer.TimestampArray)));
            while (count > buffer.Count && buffer.TimestampArray[count - 1] > maxTime)
            {
                count--;
            }

            buffer.Count = count;
        }

        return true;
    }

    // What single series have more than all others, then the newest chunks of all lanes together.
    private static bool TryDecode(XorLane* lanes, LaneChunk* chunks, int* counts, int common, long minTime, long maxTime)
    {
        for (int l = 0; l < XorLanes.Count; l++)
        {
            for (int i = 0; i < counts[l] - common; i++)
            {
                LaneChunk chunk = chunks[(l * MaxLaneChunks) + i];
                if (!XorDecoder.TryDecode(chunk.Bits, chunk.Length, chunk.Count, lanes[l].Times, lanes[l].Values))
                {
                    return false;
                }

                lanes[l].Keep(chunk.Count, minTime);
            }
        }

        for (int i = 0; i < common; i++)
        {
            for (int l = 0; l < XorLanes.Count; l++)
            {
                LaneChunk chunk = chunks[(l * MaxLaneChunks) + counts[l] - common + i];
                lanes[l].Bits = chunk.Bits;
                lanes[l].Length = chunk.Length;
                lanes[l].Count = chunk.Count;
            }

            if (!XorLanes.TryDecode(lanes, minTime, maxTime))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryFindChunks(int index, long minTime, long maxTime, LaneChunk* found, out int count, out int samples)
    {
        count = 0;
        samples = 0;
        SeriesEntry entry = Open(index);
        entry.SkipLabels();
        long last = long.MinValue;
        while (entry.MoveNextChunk() && entry.MinTime <= maxTime)
        {
            if (entry.MaxTime < minTime)
            {
                continue;
            }

            if (count == MaxLaneChunks || (count > 0 && entry.MinTime <= last))
            {
                return false;
            }

            ChunkView view = _block.Chunks.Read(entry.Chunk, entry.MinTime, entry.MaxTime);
            int bytes = view.Length - ChunkView.MinLength;
            if (view.Encoding != ChunkEncoding.Xor || view.Count == 0 || view.Count > bytes * 4L)
            {
                return false;
            }

            found[count++] = new LaneChunk { Bits = view.Data + ChunkView.MinLength, Length = bytes, Count = view.Count };
            samples += view.Count;
            last = entry.MaxTime;
        }

        return true;
    }

    private struct LaneChunk
    {
        public byte* Bits;
        public int Length;
        public int Count;
    }
}
