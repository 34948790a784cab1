using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;

namespace Pharos.Storage.Querying;

/// <content>Eight series at once. Series of one target have chunks of equal lengths, so nearly all samples are decoded in the lanes of vectors.</content>
internal sealed unsafe partial class HeadSeriesSet
{
    // Closed chunks of a series that are read in lanes; those with more (days of history) are read one by one.
    private const int MaxLaneChunks = 64;

    private const int CacheLine = 64;

    // The samples of a chunk, at most 240, and what a decoder writes beyond.
    private const int LastRoom = 256 + SampleBuffer.Slack;

    private void ReadLanes(HotLine* lines, long minTime, long maxTime, ReadOnlySpan<SampleBuffer> buffers)
    {
        nint* chunks = stackalloc nint[XorLanes.Count * MaxLaneChunks]; // 4 KiB, newest first
        int* counts = stackalloc int[XorLanes.Count];
        XorLane* lanes = stackalloc XorLane[XorLanes.Count];
        int common = int.MaxValue;
        bool haveOpen = true;
        FetchAhead(lines + XorLanes.Count);
        for (int l = 0; l < XorLanes.Count; l++)
        {
            int samples = FindClosed(lines + l, minTime, maxTime, chunks + (l * MaxLaneChunks), out counts[l]);
            if (counts[l] > MaxLaneChunks)
            {
                ReadOneByOne(lines, minTime, maxTime, buffers);
                return;
            }

            SampleBuffer buffer = buffers[l];
            buffer.Clear();
            buffer.EnsureCapacity(samples + lines[l].Count);
            lanes[l].Times = (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer.TimestampArray)); // the buffer's arrays are pinned
            lanes[l].Values = (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer.ValueArray));
            common = Math.Min(common, counts[l]);
            haveOpen &= lines[l].Time >= minTime && lines[l].FirstTime <= maxTime && lines[l].Count > 0;
        }

        DecodeClosed(lanes, chunks, counts, common, minTime, maxTime);
        DecodeOpen(lanes, lines, haveOpen, minTime, maxTime);
        for (int l = 0; l < XorLanes.Count; l++)
        {
            SampleBuffer buffer = buffers[l];
            int count = (int)(lanes[l].Times - (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer.TimestampArray)));
            while (count > 0 && buffer.TimestampArray[count - 1] > maxTime)
            {
                count--;
            }

            buffer.Count = count;
        }
    }

    public ulong ReadLast(int first, long minTime, long maxTime, Span<Sample> samples)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples.Length, 64, nameof(samples));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + (long)samples.Length, Count, nameof(first));
        minTime = Math.Max(minTime, _minTime);
        Span<int> earlier = stackalloc int[XorLanes.Count];
        int waiting = 0;
        ulong found = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            HotLine* line = _lines + first + i;
            if (XorLanes.IsSupported && i + XorLanes.Count < samples.Length && line[XorLanes.Count].Time > maxTime && line[XorLanes.Count].Block != 0)
            {
                Sse.Prefetch0(_memory.Blocks.At(line[XorLanes.Count].Block));
            }

            if (line->Time < minTime || line->Time <= maxTime || line->FirstTime > maxTime || !XorLanes.IsSupported)
            {
                found |= TryReadLast(first + i, minTime, maxTime, out samples[i]) ? 1UL << i : 0;
                continue;
            }

            earlier[waiting++] = i;
            if (waiting == XorLanes.Count)
            {
                found |= ReadLastLanes(first, earlier, minTime, maxTime, samples);
                waiting = 0;
            }
        }

        foreach (int i in earlier[..waiting])
        {
            found |= TryReadLast(first + i, minTime, maxTime, out samples[i]) ? 1UL << i : 0;
        }

        return found;
    }

    // Series whose open chunks have samples on both sides of the time.
    private ulong ReadLastLanes(int first, ReadOnlySpan<int> places, long minTime, long maxTime, Span<Sample> samples)
    {
        byte* flat = stackalloc byte[XorLanes.Count * FlatBytes]; // 9 KiB
        long* times = stackalloc long[XorLanes.Count * LastRoom]; // 17 KiB
        double* values = stackalloc double[XorLanes.Count * LastRoom]; // 17 KiB
        XorLane* lanes = stackalloc XorLane[XorLanes.Count];
        for (int l = 0; l < XorLanes.Count; l++)
        {
            HotLine* line = _lines + first + places[l];
            lanes[l].Bits = flat + (l * FlatBytes);
            lanes[l].Length = XorAppender.Flatten(*line, _memory.Blocks, lanes[l].Bits);
            lanes[l].Count = line->Count;
            lanes[l].Times = times + (l * LastRoom);
            lanes[l].Values = values + (l * LastRoom);
        }

        Check(XorLanes.TryDecode(lanes, long.MinValue, maxTime));
        ulong found = 0;
        for (int l = 0; l < XorLanes.Count; l++)
        {
            long* time = lanes[l].Times - 1;
            double* value = lanes[l].Values - 1;
            while (*time > maxTime)
            {
                // The chunk begins at or before the time, so this ends within it.
                time--;
                value--;
            }

            samples[places[l]] = new Sample(*time, *value);
            found |= *time >= minTime ? 1UL << places[l] : 0;
        }

        return found;
    }

    // Lists of chunks and blocks are walked from the newest; where they lie in memory, a cache miss each takes as long as some 40 samples. So the next series' first links are fetched
    // while these are decoded, and the second ones, the first having come meanwhile, a round later.
    private void FetchAhead(HotLine* lines)
    {
        HotLine* end = _lines + Count;
        for (HotLine* line = lines; line < lines + XorLanes.Count && line < end; line++)
        {
            if (line->Closed != 0 && Previous(NewestClosed(line)) is var previous && previous != null)
            {
                Sse.Prefetch0(previous);
            }

            if (line->Block != 0)
            {
                Sse.Prefetch0(_memory.Blocks.At((uint)_memory.Blocks.At(line->Block)[XorAppender.WordsPerBlock]));
            }
        }

        for (HotLine* line = lines + XorLanes.Count; line < lines + (2 * XorLanes.Count) && line < end; line++)
        {
            if (line->Closed != 0)
            {
                Sse.Prefetch0(NewestClosed(line));
            }

            if (line->Block != 0)
            {
                Sse.Prefetch0(_memory.Blocks.At(line->Block));
            }
        }
    }

    private void ReadOneByOne(HotLine* lines, long minTime, long maxTime, ReadOnlySpan<SampleBuffer> buffers)
    {
        for (int l = 0; l < buffers.Length; l++)
        {
            Read((int)(lines + l - _lines), minTime, maxTime, buffers[l]);
        }
    }

    // Returns how many samples the chunks have; their number is greater than there are places when they are too many.
    private int FindClosed(HotLine* line, long minTime, long maxTime, nint* found, out int count)
    {
        int samples = 0;
        count = 0;
        if (line->Time < minTime || minTime > maxTime)
        {
            return 0;
        }

        for (ClosedChunk* chunk = NewestClosed(line); chunk != null && chunk->MaxTime >= minTime; chunk = Previous(chunk))
        {
            if (chunk->MinTime > maxTime)
            {
                continue;
            }

            if (count == MaxLaneChunks)
            {
                count++;
                break;
            }

            // A chunk of 120 counters takes three cache lines.
            byte* bits = _memory.Chunks.BitsOf(chunk);
            Sse.Prefetch0(bits);
            Sse.Prefetch0(bits + CacheLine);
            Sse.Prefetch0(bits + (2 * CacheLine));
            samples += chunk->Count;
            found[count++] = (nint)chunk;
        }

        return samples;
    }

    // What single series have more than all others, then the newest chunks of all lanes together.
    private void DecodeClosed(XorLane* lanes, nint* chunks, int* counts, int common, long minTime, long maxTime)
    {
        for (int l = 0; l < XorLanes.Count; l++)
        {
            for (int i = counts[l] - 1; i >= common; i--)
            {
                SetChunk(lanes + l, (ClosedChunk*)chunks[(l * MaxLaneChunks) + i]);
                DecodeAlone(lanes + l, minTime);
            }
        }

        for (int i = common - 1; i >= 0; i--)
        {
            for (int l = 0; l < XorLanes.Count; l++)
            {
                SetChunk(lanes + l, (ClosedChunk*)chunks[(l * MaxLaneChunks) + i]);
            }

            Check(XorLanes.TryDecode(lanes, minTime, maxTime));
        }
    }

    private void DecodeOpen(XorLane* lanes, HotLine* lines, bool haveAll, long minTime, long maxTime)
    {
        byte* flat = stackalloc byte[XorLanes.Count * FlatBytes]; // 9 KiB
        for (int l = 0; l < XorLanes.Count; l++)
        {
            if (lines[l].Time < minTime || lines[l].FirstTime > maxTime || lines[l].Count == 0)
            {
                continue;
            }

            lanes[l].Bits = flat + (l * FlatBytes);
            lanes[l].Length = XorAppender.Flatten(lines[l], _memory.Blocks, lanes[l].Bits);
            lanes[l].Count = lines[l].Count;
            if (!haveAll)
            {
                DecodeAlone(lanes + l, minTime);
            }
        }

        if (haveAll)
        {
            Check(XorLanes.TryDecode(lanes, minTime, maxTime));
        }
    }

    private void SetChunk(XorLane* lane, ClosedChunk* chunk)
    {
        lane->Bits = _memory.Chunks.BitsOf(chunk);
        lane->Length = chunk->BitsLength;
        lane->Count = chunk->Count;
    }

    private static void DecodeAlone(XorLane* lane, long minTime)
    {
        Check(XorDecoder.TryDecode(lane->Bits, lane->Length, lane->Count, lane->Times, lane->Values));
        lane->Keep(lane->Count, minTime);
    }
}
