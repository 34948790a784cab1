using System.Buffers.Binary;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;
using Pharos.Storage.Compaction;
using Pharos.Storage.Files;
using Pharos.Storage.Head;

namespace Pharos.Storage.Tests.Compaction;

/// <summary>What tests ask of blocks.</summary>
internal static class BlockFiles
{
    /// <summary>A compactor of the real disk.</summary>
    public static Compactor Compactor(IStoreFiles? files = null, CompactionCounters? counters = null, List<TsdbMessage>? messages = null, long segmentBytes = ChunkSegmentWriter.DefaultSegmentBytes) =>
        new(files ?? DiskFiles.Instance, TimeProvider.System, counters ?? new CompactionCounters(), segmentBytes, message => messages?.Add(message));

    /// <summary>The folders of the blocks in a data folder, by first time.</summary>
    public static List<string> Folders(string folder) =>
        [.. Directory.GetDirectories(folder).Where(static path => Ulid.TryParse(Path.GetFileName(path), out _)).OrderBy(static path => BlockMetaFile.Read(path).MinTime)];

    /// <summary>Index and chunk files are equal byte for byte.</summary>
    public static void AssertSameFiles(string expected, string actual)
    {
        string[] names = [.. Directory.GetFiles(expected, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(expected, path)).Order(StringComparer.Ordinal)];
        Assert.Equal(names, Directory.GetFiles(actual, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(actual, path)).Order(StringComparer.Ordinal));
        foreach (string name in names)
        {
            if (name != BlockMetaFile.Name)
            {
                Assert.True(File.ReadAllBytes(Path.Combine(expected, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(actual, name))), $"{name} differs");
            }
        }
    }

    /// <summary>Chunk files are equal byte for byte to those of a peer, and the index is too: but for label indexes, which older versions wrote and newer ones left out.</summary>
    public static void AssertSameAsUpstream(string upstream, string own)
    {
        foreach (string segment in Directory.GetFiles(Path.Combine(upstream, BlockWriter.ChunksFolder)))
        {
            string other = Path.Combine(own, BlockWriter.ChunksFolder, Path.GetFileName(segment));
            Assert.True(File.ReadAllBytes(segment).AsSpan().SequenceEqual(File.ReadAllBytes(other)), $"{segment} differs");
        }

        byte[] expected = File.ReadAllBytes(Path.Combine(upstream, IndexWriter.FileName));
        byte[] actual = File.ReadAllBytes(Path.Combine(own, IndexWriter.FileName));
        long[] theirs = Contents(expected);
        long[] ours = Contents(actual);
        Assert.Equal((theirs[0], theirs[1], theirs[2]), (ours[0], ours[1], ours[2]));
        Assert.True(expected.AsSpan(0, (int)theirs[2]).SequenceEqual(actual.AsSpan(0, (int)ours[2])), "symbols or series differ");

        // Both begin with the padding to four bytes.
        int start = (int)((theirs[4] + 3) & -4);
        int ownStart = (int)((ours[4] + 3) & -4);
        Assert.True(expected.AsSpan(start, (int)theirs[3] - start).SequenceEqual(actual.AsSpan(ownStart, (int)ours[3] - ownStart)), "postings differ");
        Assert.Equal(Offsets(expected, theirs[5], start), Offsets(actual, ours[5], ownStart));
    }

    // Symbols, series, label indexes, their table, postings, their table.
    private static long[] Contents(byte[] index)
    {
        ReadOnlySpan<byte> contents = index.AsSpan(index.Length - 52);
        Assert.Equal(Pharos.Core.Hashing.Crc32C.Compute(contents[..48]), BinaryPrimitives.ReadUInt32BigEndian(contents[48..]));
        var places = new long[6];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = BinaryPrimitives.ReadInt64BigEndian(contents[(i * 8)..]);
        }

        return places;
    }

    private static List<(string Name, string Value, long Offset)> Offsets(byte[] index, long place, long start)
    {
        ReadOnlySpan<byte> table = index.AsSpan((int)place);
        int length = (int)BinaryPrimitives.ReadUInt32BigEndian(table);
        table = table.Slice(4, length + 4);
        Assert.Equal(Pharos.Core.Hashing.Crc32C.Compute(table[..length]), BinaryPrimitives.ReadUInt32BigEndian(table[length..]));
        int count = (int)BinaryPrimitives.ReadUInt32BigEndian(table);
        int at = 4;
        var entries = new List<(string, string, long)>();
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(2, table[at++]);
            string name = Text(table, ref at);
            string value = Text(table, ref at);
            entries.Add((name, value, Number(table, ref at) - start));
        }

        Assert.Equal(length, at);
        return entries;
    }

    private static string Text(ReadOnlySpan<byte> bytes, ref int at)
    {
        int length = (int)Number(bytes, ref at);
        at += length;
        return System.Text.Encoding.UTF8.GetString(bytes.Slice(at - length, length));
    }

    private static long Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = bytes[at++];
            value |= (long)(b & 0x7f) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
    }

    /// <summary>All samples of a block that are not deleted, by labels as promtool prints them.</summary>
    public static SortedDictionary<string, List<Sample>> Read(string blockFolder)
    {
        var block = new Block(blockFolder);
        try
        {
            using IBlockInput input = block.OpenInput();
            return Read(input, long.MinValue, long.MaxValue);
        }
        finally
        {
            block.Release();
        }
    }

    /// <summary>All samples of an input that are in the range and not deleted; chunks do not overlap.</summary>
    public static SortedDictionary<string, List<Sample>> Read(IBlockInput input, long minTime, long maxTime)
    {
        var result = new SortedDictionary<string, List<Sample>>(StringComparer.Ordinal);
        using IChunkSeriesCursor cursor = input.OpenSeries(minTime, maxTime);
        var buffer = new SampleBuffer();
        byte[] before = [];
        while (cursor.MoveNext())
        {
            Assert.True(before.Length == 0 || LabelOrder.Compare(before, cursor.LabelBytes) < 0, "series come in order");
            before = cursor.LabelBytes.ToArray();
            var samples = new List<Sample>();
            foreach (ChunkView chunk in cursor.Chunks)
            {
                buffer.Clear();
                Assert.True(ChunkDecoder.TryAppend(chunk, long.MinValue, long.MaxValue, buffer, out string? error), error);
                Assert.Equal(chunk.MinTime, buffer.Timestamps[0]);
                Assert.Equal(chunk.MaxTime, buffer.Timestamps[^1]);
                Assert.True(samples.Count == 0 || samples[^1].Timestamp < chunk.MinTime);
                for (int i = 0; i < buffer.Count; i++)
                {
                    if (buffer.Timestamps[i] >= minTime && buffer.Timestamps[i] <= maxTime && !IsDeleted(cursor.Deleted, buffer.Timestamps[i]))
                    {
                        samples.Add(new Sample(buffer.Timestamps[i], buffer.Values[i]));
                    }
                }
            }

            if (samples.Count > 0)
            {
                result.Add(TextOf(cursor.LabelBytes), samples);
            }
        }

        return result;
    }

    /// <summary>The same series with the same samples, values by their bits.</summary>
    public static void AssertSame(SortedDictionary<string, List<Sample>> expected, SortedDictionary<string, List<Sample>> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach ((string labels, List<Sample> samples) in expected)
        {
            SampleSequences.AssertSame(samples, actual[labels]);
        }
    }

    private static bool IsDeleted(ReadOnlySpan<DeletedInterval> deleted, long time)
    {
        foreach (DeletedInterval interval in deleted)
        {
            if (interval.MinTime <= time && time <= interval.MaxTime)
            {
                return true;
            }
        }

        return false;
    }

    private static string TextOf(ReadOnlySpan<byte> labelBytes)
    {
        var labels = new List<string>();
        while (labelBytes.Length > 0)
        {
            LabelBytes.Read(ref labelBytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            labels.Add($"{System.Text.Encoding.UTF8.GetString(name)}=\"{System.Text.Encoding.UTF8.GetString(value)}\"");
        }

        return "{" + string.Join(", ", labels) + "}";
    }
}
