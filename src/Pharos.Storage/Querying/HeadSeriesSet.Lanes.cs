using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pharos.Core.Samples;
using Pharos.Storage.Chunks;
using Pharos.Storage.Head;

namespace Pharos.Storage.Querying;

/// <content>Eight series at once. Series of one target have chunks of equal lengths, so nearly all samples are decoded in the lanes of vectors.</content>
internal sealed unsafe partial class HeadSeriesSet
{
    // Closed chunks of a series that are read in lanes; those with more (days of history) are read one by one.
    private const int MaxLaneChunks = 64;

    private void ReadLanes(HotLine* lines, long minTime, long maxTime, ReadOnlySpan<SampleBuffer> buffers)
    {
        nint* chunks = stackalloc nint[XorLanes.Count * MaxLaneChunks]; // 4 KiB, newest first
        int* counts = stackalloc int[XorLanes.Count];
        XorLane* lanes = stackalloc XorLane[XorLanes.Count];
        int common = int.MaxValue;
        bool haveOpen = true;
        for (int l = 0; l < XorLanes.Count; l++)
        {
            int samples = FindClosed(lines + l, minTime, maxTime, chunks + (l * MaxLaneChunks), out counts[l]);
            if (counts[l] > MaxLaneChunks)
            {
                ReadOneByOne(lines, minTime, maxTime, buffers);
                return;
            }

            SampleBuffer buffer = buffers[l];
            buffer.Count = 0;
            buffer.EnsureCapacity(samples + lines[l].Count);
            lanes[l].Times = (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer.TimestampArray)); // the buffer's arrays are pinned
            lanes[l].Values = (double*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer.ValueArray));
            common = Math.Min(common, counts[l]);
            haveOpen &= lines[l].Time >= minTime && lines[l].FirstTime <= maxTime;
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

            samples += chunk->Count;
            found[count++] = (nint)chunk;
        }

        return samples;
    }

    // What single series have more than all others, then the newest chunks of all lanes together.
    private static void DecodeClosed(XorLane* lanes, nint* chunks, int* counts, int common, long minTime, long maxTime)
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
            if (lines[l].Time < minTime || lines[l].FirstTime > maxTime)
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

    private static void SetChunk(XorLane* lane, ClosedChunk* chunk)
    {
        lane->Bits = (byte*)(chunk + 1);
        lane->Length = chunk->BitsLength;
        lane->Count = chunk->Count;
    }

    private static void DecodeAlone(XorLane* lane, long minTime)
    {
        Check(XorDecoder.TryDecode(lane->Bits, lane->Length, lane->Count, lane->Times, lane->Values));
        lane->Keep(lane->Count, minTime);
    }
}
