using System.Buffers.Binary;
using Pharos.Core.Hashing;
using Pharos.Storage.Chunks;
using Pharos.Storage.HeadChunks;

namespace Pharos.Storage.Tests.HeadChunks;

public sealed unsafe class ClosedChunksTests : IDisposable
{
    private readonly ClosedChunks _chunks = new(512L << 20);

    [Fact]
    public void A_chunk_lies_in_memory_as_upstreams_file_has_it()
    {
        byte[] data = [0, 3, 0xaa, 0xbb, 0xcc];
        uint unit = Add(77, 0, 1000, 2000, ChunkEncoding.Histogram, data);
        byte* start = _chunks.DataOf(_chunks.At(unit)) - 34;
        byte[] expected = new byte[43];
        BinaryPrimitives.WriteUInt32BigEndian(expected, 0x0130BC91);
        expected[4] = 1;
        BinaryPrimitives.WriteUInt64BigEndian(expected.AsSpan(8), 77);
        BinaryPrimitives.WriteUInt64BigEndian(expected.AsSpan(16), 1000);
        BinaryPrimitives.WriteUInt64BigEndian(expected.AsSpan(24), 2000);
        expected[32] = 2;
        expected[33] = 5;
        data.CopyTo(expected, 34);
        BinaryPrimitives.WriteUInt32BigEndian(expected.AsSpan(39), Crc32C.Compute(expected.AsSpan(8, 31)));
        Assert.Equal(expected, new ReadOnlySpan<byte>(start, 43).ToArray());
    }

    [Fact]
    public void Headers_say_what_was_added_and_lead_back()
    {
        uint first = Add(5, 0, -500, 1000, ChunkEncoding.Xor, [0, 2, 1]);
        uint second = Add(5, first, 1007, 9000, ChunkEncoding.FloatHistogram, new byte[300_000]);
        ClosedChunk* chunk = _chunks.At(second);
        ChunkView view = _chunks.View(chunk);
        Assert.Equal((ChunkEncoding.FloatHistogram, 300_000, 1007L, 9000L), (view.Encoding, view.Length, view.MinTime, view.MaxTime));
        Assert.Equal((first, 1000L), (chunk->Previous, chunk->PreviousMaxTime));
        Assert.Equal((-500L, 1000L, 2, 3), (_chunks.At(first)->MinTime, _chunks.At(first)->MaxTime, _chunks.At(first)->Count, _chunks.At(first)->Length));
    }

    [Fact]
    public void Many_chunks_fill_several_files_and_stay_as_they_were()
    {
        var units = new List<uint>();
        for (int i = 0; i < 40; i++)
        {
            units.Add(Add(1, 0, i, i, ChunkEncoding.Xor, Filled(8_000_000, i)));
        }

        for (int i = 0; i < 40; i++)
        {
            ClosedChunk* chunk = _chunks.At(units[i]);
            Assert.True(_chunks.View(chunk).Bytes.SequenceEqual(Filled(8_000_000, i)));
            Assert.True((chunk->Position / ChunkFileFormat.MaxFileBytes) == ((chunk->Position + chunk->Length + 3) / ChunkFileFormat.MaxFileBytes));
        }
    }

    [Fact]
    public void Files_that_end_before_the_cut_are_given_back_and_their_room_is_used_again()
    {
        for (int round = 0; round < 10; round++)
        {
            for (int i = 0; i < 15; i++)
            {
                Add(1, 0, round, round, ChunkEncoding.Xor, new byte[16_000_000]);
            }

            _chunks.TakeBefore(round + 1, out TakenChunks taken);
            Assert.NotEmpty(taken.Files);
            Free(taken);
            Assert.InRange(_chunks.HeldBytes, 0, 1 << 20);
        }
    }

    [Fact]
    public void A_file_with_one_chunk_that_is_needed_stays()
    {
        uint kept = Add(1, 0, 50, 60, ChunkEncoding.Xor, [0, 1, 2]);
        for (int i = 0; i < 10; i++)
        {
            Add(2, 0, 10, 20, ChunkEncoding.Xor, new byte[16_000_000]);
        }

        _chunks.TakeBefore(60, out TakenChunks taken);
        Assert.Empty(taken.Files);
        Add(2, 0, 30, 40, ChunkEncoding.Xor, new byte[1000]);
        _chunks.TakeBefore(60, out taken);
        Assert.Empty(taken.Files);
        Free(taken);
        Assert.Equal([0, 1, 2], _chunks.View(_chunks.At(kept)).Bytes.ToArray());
        _chunks.TakeBefore(61, out taken);
        Assert.Equal(2, taken.Files.Count);
    }

    [Fact]
    public void A_file_ends_with_its_range_of_time()
    {
        using var chunks = new ClosedChunks(4L << 30);
        for (int i = 0; i < 6; i++)
        {
            long time = (i * ChunkRange.DurationMs) + 1;
            Add(chunks, 2, 0, time, time + 60_000, ChunkEncoding.Xor, new byte[1_500_000]);
            Add(chunks, 2, 0, time + 60_001, time + 120_000, ChunkEncoding.Xor, new byte[1_500_000]);
        }

        chunks.TakeBefore(4 * ChunkRange.DurationMs, out TakenChunks taken);
        Assert.Equal(4, taken.Files.Count);
    }

    [Fact]
    public void Address_space_that_is_used_up_is_said()
    {
        Assert.Throws<Core.Contracts.StorageUnavailableException>(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                Add(1, 0, i, i, ChunkEncoding.Xor, new byte[16_000_000]);
            }
        });
        Assert.InRange(_chunks.RemainingBytes, 0, 16_000_000);
    }

    public void Dispose() => _chunks.Dispose();

    private void Free(TakenChunks taken)
    {
        _chunks.FreeHeaders(taken);
        Assert.All(taken.Files, file => Assert.True(_chunks.TryFree(file)));
    }

    private static byte[] Filled(int length, int number)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill((byte)number);
        return bytes;
    }

    private uint Add(uint series, uint previous, long minTime, long maxTime, ChunkEncoding encoding, byte[] data) =>
        Add(_chunks, series, previous, minTime, maxTime, encoding, data);

    private static uint Add(ClosedChunks chunks, uint series, uint previous, long minTime, long maxTime, ChunkEncoding encoding, byte[] data)
    {
        fixed (byte* start = data)
        {
            return chunks.Add(series, previous, new ChunkView(encoding, start, data.Length, minTime, maxTime));
        }
    }
}
