using System.Buffers.Binary;
using Pharos.Core.Contracts;
using Pharos.Core.Hashing;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using Pharos.Storage.Head;
using Pharos.Storage.Querying;
using Pharos.Testing;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.Blocks;

/// <summary>Files of a block with bytes changed, cut off, put in, or random: the right answer, or damage that is named. What reads past a mapping ends the process, and so the test run.</summary>
public sealed class BlockMutationTests : IDisposable
{
    private const long MostAllocated = 64 << 20;
    private readonly TempFolder _folder = new();
    private readonly SeriesStore _store = new(new KeyedHasher([1]));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("index", 1, 500)]
    [InlineData("index", 2, 500)]
    [InlineData("chunks/000001", 2, 500)]
    [InlineData("tombstones", 2, 300)]
    public void A_changed_file_gives_the_right_answer_or_named_damage(string file, int version, int rounds)
    {
        var random = new Random(11);
        string block = MakeBlock(random, version);
        string expected = Describe(block);
        string path = Path.Combine(block, file);
        byte[] original = File.ReadAllBytes(path);
        int refused = 0;
        for (int round = 0; round < rounds; round++)
        {
            Replace(path, Mutate(random, original));
            try
            {
                Assert.Equal(expected, Bounded(() => Describe(block)));
            }
            catch (CorruptionException e)
            {
                Assert.StartsWith(block, e.File, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.True(refused > rounds / 2, $"{refused} of {rounds} refused");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_changed_index_whose_checksums_are_right_does_no_harm(int version)
    {
        var random = new Random(12);
        string block = MakeBlock(random, version);
        string path = Path.Combine(block, "index");
        byte[] original = File.ReadAllBytes(path);
        List<(int Start, int Length)> sections = Sections(original, block);
        int answered = 0;
        for (int round = 0; round < 1000; round++)
        {
            byte[] bytes = [.. original];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                (int start, int length) = sections[random.Next(sections.Count)];
                int at = start + random.Next(length);
                bytes[at] = random.Next(3) switch
                {
                    0 => (byte)random.Next(256),
                    1 => (byte)(bytes[at] + 1),
                    _ => 0xff,
                };
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(start + length), Crc32C.Compute(bytes.AsSpan(start, length)));
            }

            Replace(path, bytes);
            try
            {
                Bounded(() => Describe(block));
                answered++;
            }
            catch (CorruptionException)
            {
                // Named.
            }
        }

        Assert.InRange(answered, 1, 999);
    }

    [Fact]
    public void Changed_chunks_whose_checksums_are_right_do_no_harm()
    {
        var random = new Random(13);
        string block = MakeBlock(random, 2);
        string path = Path.Combine(block, "chunks", "000001");
        byte[] original = File.ReadAllBytes(path);
        for (int round = 0; round < 1000; round++)
        {
            byte[] bytes = [.. original];
            for (int at = 8; at + 10 < bytes.Length;)
            {
                int length = ReadUvarint(bytes, ref at) + 1;
                if (random.Next(4) == 0)
                {
                    // The first of these bytes is the encoding.
                    bytes[at + (random.Next(3) == 0 ? 0 : random.Next(length))] = (byte)random.Next(random.Next(2) == 0 ? 8 : 256);
                    BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at + length), Crc32C.Compute(bytes.AsSpan(at, length)));
                }

                at += length + 4;
            }

            Replace(path, bytes);
            try
            {
                Bounded(() => Describe(block));
            }
            catch (CorruptionException e)
            {
                Assert.Equal(path, e.File);
            }
        }
    }

    [Fact]
    public void A_changed_description_is_read_or_named()
    {
        var random = new Random(14);
        string block = MakeBlock(random, 2);
        string path = Path.Combine(block, "meta.json");
        byte[] original = File.ReadAllBytes(path);
        for (int round = 0; round < 1000; round++)
        {
            Replace(path, Mutate(random, original));
            try
            {
                Bounded(() => BlockMetaFile.Read(block).ToString());
            }
            catch (CorruptionException e)
            {
                Assert.Equal(path, e.File);
            }
        }
    }

    private static byte[] Mutate(Random random, byte[] original)
    {
        byte[] bytes = [.. original];
        switch (random.Next(6))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                byte[] noise = new byte[random.Next(2 * bytes.Length)];
                random.NextBytes(noise);
                return noise;
            case 2:
                int place = random.Next(bytes.Length);
                return [.. bytes[..place], (byte)random.Next(256), .. bytes[place..]];
            case 3:
                int from = random.Next(bytes.Length);
                bytes.AsSpan(from, random.Next(bytes.Length - from)).Fill((byte)(random.Next(2) * 255));
                return bytes;
            default:
                for (int change = random.Next(1, 5); change > 0; change--)
                {
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                }

                return bytes;
        }
    }

    // A new file, since others may still have the old one mapped.
    private static void Replace(string path, byte[] bytes)
    {
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
    }

    private static string Bounded(Func<string> act)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            return act();
        }
        finally
        {
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostAllocated);
        }
    }

    // All that can be asked of a block.
    private string Describe(string folder)
    {
        var block = new Block(folder);
        var answers = new StringWriter();
        try
        {
            using (IBlockInput input = block.OpenInput())
            using (ISymbolCursor symbols = input.OpenSymbols())
            using (IChunkSeriesCursor cursor = input.OpenSeries(long.MinValue, long.MaxValue))
            {
                while (symbols.MoveNext())
                {
                    answers.Write(symbols.Current.Length);
                }

                while (cursor.MoveNext())
                {
                    answers.Write($"{Convert.ToHexString(cursor.LabelBytes)} {cursor.Chunks.Length} {cursor.Deleted.Length}\n");
                }
            }

            using var ids = new ValueIds(_store);
            Matcher[][] matcherSets = [[], [new Matcher(MatchType.Match, "instance", "host-.-.*[13579]")], [new Matcher(MatchType.NotEqual, "job", "job1"), new Matcher(MatchType.Equal, "__name__", "m1")]];
            foreach (Matcher[] matchers in matcherSets)
            {
                BlockSeriesSet set = BlockSeriesSet.Select(block, _store.Hasher, ids, new SeriesSelection(matchers, long.MinValue, long.MaxValue), CancellationToken.None);
                Describe(set, answers);
                set.Free();
            }

            var names = new HashSet<string>();
            BlockLabels.AddNames(block.Index, [], names, CancellationToken.None);
            BlockLabels.AddNames(block.Index, [matcherSets[1]], names, CancellationToken.None);
            BlockLabels.AddValues(block.Index, "job", [], names, CancellationToken.None);
            answers.Write(string.Join(',', names.Order(StringComparer.Ordinal)));
        }
        finally
        {
            block.Release();
        }

        return answers.ToString();
    }

    private static void Describe(BlockSeriesSet set, StringWriter answers)
    {
        uint[] ids = new uint[set.Count];
        set.GetLabelValueIds("instance", ids);
        set.GetIdentities(new SeriesIdentity[set.Count]);
        uint[] shapes = new uint[set.Count];
        set.GetShapeIds(shapes);
        var buffer = new SampleBuffer(16);
        for (int i = 0; i < set.Count; i++)
        {
            set.Read(i, long.MinValue, long.MaxValue, buffer);
            bool found = set.TryReadLast(i, long.MinValue, 1_700_000_000_000 + 60_000, out Sample last);
            answers.Write($"{set.GetLabels(i)} {set.GetLabelValue(ids[i])} {set.GetShapeLabelNames(shapes[i]).Count} {buffer.Count} {found} {last}");
            foreach (double value in buffer.Values)
            {
                answers.Write(BitConverter.DoubleToInt64Bits(value));
            }
        }
    }

    private static int ReadUvarint(byte[] bytes, ref int at)
    {
        int value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = bytes[at++];
            value |= (b & 0x7f) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
    }

    // The parts that checksums cover, found by the reader in a file that is whole.
    private static List<(int Start, int Length)> Sections(byte[] bytes, string block)
    {
        var sections = new List<(int Start, int Length)> { (bytes.Length - 52, 48) };
        int symbols = (int)BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(bytes.Length - 52));
        int table = (int)BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(bytes.Length - 12));
        sections.Add((symbols + 4, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(symbols))));
        sections.Add((table + 4, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(table))));
        using var index = new IndexReader(Path.Combine(block, "index"));
        foreach (uint series in index.ReadAllSeries())
        {
            int at = (int)(index.Version == 1 ? series : series * 16);
            int length = ReadUvarint(bytes, ref at);
            sections.Add((at, length));
        }

        foreach (string name in index.Postings.Names)
        {
            index.Postings.TryGet(name, out LabelPostings values);
            PostingsTable.ValueCursor cursor = index.Postings.Open(values);
            while (cursor.MoveNext())
            {
                sections.Add(((int)cursor.List + 4, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan((int)cursor.List))));
            }
        }

        return sections;
    }

    // Twenty series; the index written again by the plain writer where another version is wanted.
    private string MakeBlock(Random random, int version)
    {
        Dictionary<Labels, Sample[]> series = WrittenBlock.RandomSeries(random, 20, 60, 1_700_000_000_000);
        string block = WrittenBlock.Write(_folder.Path, WrittenBlock.Name(version), series, samplesPerChunk: 25);
        using (var index = new IndexReader(Path.Combine(block, "index")))
        {
            var entries = new List<(Labels Labels, BlockChunk[] Chunks)>();
            foreach ((uint reference, Labels labels) in index.ReadAllSeries().Zip(series.Keys.Order(Comparer<Labels>.Create(Labels.Compare))))
            {
                SeriesEntry entry = index.OpenSeries(reference);
                entry.SkipLabels();
                var chunks = new List<BlockChunk>();
                while (entry.MoveNextChunk())
                {
                    chunks.Add(new BlockChunk(entry.MinTime, entry.MaxTime, entry.Chunk));
                }

                entries.Add((labels, [.. chunks]));
            }

            Replace(Path.Combine(block, "index"), PlainIndex.Write(version, entries, random).Bytes);
        }

        using (var index = new IndexReader(Path.Combine(block, "index")))
        {
            uint[] all = index.ReadAllSeries();
            TombstoneFile.Write(DiskFiles.Instance, block, TombstoneSet.Of([(all[3], new DeletedInterval(0, long.MaxValue)), (all[5], new DeletedInterval(1_700_000_000_000, 1_700_000_030_000))]));
        }

        return block;
    }
}
