using Pharos.Storage.Chunks;

namespace Pharos.Storage.Backfill;

/// <summary>
/// Encodes the samples of one series after another, cut where upstream's head cuts chunks that it is given one sample at a time. What it gives is valid until the next series.
/// </summary>
/// <remarks>Pointers: into an array that is pinned and large enough for the series before the first chunk is written.</remarks>
internal sealed unsafe class ChunkCutter(long rangeMs)
{
    private byte[] _bytes = [];
    private ChunkView[] _chunks = [];

    /// <summary>The chunks; the samples are ascending, one at least.</summary>
    public ReadOnlySpan<ChunkView> Cut(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        // Every chunk but the last has a sample, and each may leave what its header takes.
        int room = XorEncoder.MaxBytes(timestamps.Length) + ((timestamps.Length + 1) * (ChunkView.MinLength + sizeof(ulong))) + ChunkView.ReadAhead;
        if (_bytes.Length < room)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(2 * room, pinned: true);
        }

        int chunks = 0;
        int at = 0;
        fixed (byte* start = _bytes)
        {
            for (int first = 0; first < timestamps.Length;)
            {
                int count = CountByTime(timestamps[first..]);
                int length = Encode(timestamps.Slice(first, count), values.Slice(first, count), start + at);
                if (length > ChunkRange.FullBytes)
                {
                    // The search has written other chunks to the place.
                    count = FirstFull(timestamps.Slice(first, count), values.Slice(first, count), start + at);
                    length = Encode(timestamps.Slice(first, count), values.Slice(first, count), start + at);
                }

                if (chunks == _chunks.Length)
                {
                    Array.Resize(ref _chunks, Math.Max(16, 2 * chunks));
                }

                _chunks[chunks++] = new ChunkView(ChunkEncoding.Xor, start + at, length, timestamps[first], timestamps[first + count - 1]);
                at += length;
                first += count;
            }
        }

        return _chunks.AsSpan(0, chunks);
    }

    // How many samples upstream would put into the chunk if bytes did not matter.
    private int CountByTime(ReadOnlySpan<long> timestamps)
    {
        long first = timestamps[0];
        long end = ((first / rangeMs) * rangeMs) + rangeMs;
        for (int count = 1; count < timestamps.Length; count++)
        {
            if (count == ChunkRange.PredictAt)
            {
                end = ChunkRange.PredictEnd(first, timestamps[count - 1], end);
            }

            if (timestamps[count] >= end || count >= ChunkRange.MaxSamples)
            {
                return count;
            }
        }

        return timestamps.Length;
    }

    // The least number of samples that make the chunk full, after which no further one is taken.
    private static int FirstFull(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, byte* scratch)
    {
        int low = 1;
        int high = timestamps.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Encode(timestamps[..middle], values[..middle], scratch) > ChunkRange.FullBytes)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private static int Encode(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, byte* destination) => XorEncoder.Encode(timestamps, values, destination);
}
