using System.Text;
using Pharos.Core.Labels;
using Pharos.Storage.Blocks;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Blocks;

public sealed class IndexReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 7)]
    [InlineData(1, 300)]
    [InlineData(2, 300)]
    [InlineData(3, 33)]
    public void Both_versions_give_series_symbols_values_and_lists(int version, int count)
    {
        var random = new Random(count);
        List<(Labels Labels, BlockChunk[] Chunks)> series = RandomSeries(random, count);
        using IndexReader index = Open(PlainIndex.Write(version, series, random).Bytes);
        Assert.Equal(version, index.Version);
        uint[] all = index.ReadAllSeries();
        Assert.Equal(series.Count, all.Length);
        var decoder = new LabelDecoder(index.Symbols);
        for (int i = 0; i < all.Length; i++)
        {
            SeriesEntry entry = index.OpenSeries(all[i]);
            Assert.Equal(series[i].Labels, LabelsOf(decoder.Read(ref entry)));
            foreach (BlockChunk chunk in series[i].Chunks)
            {
                Assert.True(entry.MoveNextChunk());
                Assert.Equal(chunk, new BlockChunk(entry.MinTime, entry.MaxTime, entry.Chunk));
            }

            Assert.False(entry.MoveNextChunk());
        }

        AssertSymbols(series, index);
        AssertPostings(series, all, index);
    }

    [Fact]
    public void Values_are_walked_from_any_text_on()
    {
        List<(Labels Labels, BlockChunk[] Chunks)> series = [.. Enumerable.Range(0, 100).Select(static i => (Labels.Of("a", "v" + (2 * i).ToString("000", null)), new[] { new BlockChunk(1, 2, 8) }))];
        using IndexReader index = Open(PlainIndex.Write(2, series, new Random(1)).Bytes);
        Assert.True(index.Postings.TryGet("a", out LabelPostings values));
        Assert.Equal(100, values.Count);
        for (int from = 0; from < 202; from++)
        {
            PostingsTable.ValueCursor cursor = index.Postings.Open(values, Encoding.UTF8.GetBytes("v" + from.ToString("000", null)));
            int expected = (from + 1) / 2;
            while (cursor.MoveNext())
            {
                Assert.Equal("v" + (2 * expected++).ToString("000", null), Encoding.UTF8.GetString(cursor.Value));
            }

            Assert.Equal(100, Math.Min(100, expected));
        }
    }

    [Fact]
    public void Little_is_kept_in_memory()
    {
        List<(Labels Labels, BlockChunk[] Chunks)> series = RandomSeries(new Random(3), 2000);
        using IndexReader index = Open(PlainIndex.Write(2, series, new Random(1)).Bytes);
        Assert.True(index.Symbols.HeldBytes <= 4 * ((index.Symbols.Count / 32) + 1));
        Assert.True(index.Postings.HeldBytes < 4 * ((2000 / 32) + 20));
    }

    [Fact]
    public void Order_that_searching_relies_on_is_checked()
    {
        byte[] bytes = PlainIndex.Write(1, RandomSeries(new Random(3), 40), new Random(1)).Bytes;

        // The table of version 1 is in no order: as version 2 it is refused, and so are the places that stand for symbols.
        bytes[4] = 2;
        Assert.Contains("not sorted", Assert.Throws<CorruptionException>(() => Open(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_that_are_not_known_are_refused_by_name()
    {
        byte[] bytes = PlainIndex.Write(2, RandomSeries(new Random(3), 4), new Random(1)).Bytes;
        bytes[4] = 4;
        CorruptionException e = Assert.Throws<CorruptionException>(() => Open(bytes));
        Assert.Contains("unknown index file version 4", e.Message, StringComparison.Ordinal);
        Assert.Equal(4, e.Offset);
    }

    [Fact]
    public void A_block_of_Prometheus_2_1_is_mended()
    {
        string block = _folder.File(WrittenBlock.Name(1).ToString());
        Directory.CreateDirectory(Path.Combine(block, "chunks"));
        List<(Labels Labels, BlockChunk[] Chunks)> series = RandomSeries(new Random(3), 10);
        byte[] bytes = PlainIndex.Write(2, series, new Random(1)).Bytes;
        bytes[4] = 1;
        File.WriteAllBytes(Path.Combine(block, "index"), bytes);
        File.WriteAllText(Path.Combine(block, "meta.json"), """{"version":2,"ulid":"NAME","minTime":5,"maxTime":9,"compaction":{"level":1}}""".Replace("NAME", WrittenBlock.Name(1).ToString(), StringComparison.Ordinal));
        using (var test = new TestTsdb(_folder))
        {
            Assert.Equal(2, Assert.Single(test.Db.Blocks.Current).Index.Version);
            Assert.Equal(10, test.Db.Blocks.Current[0].Index.ReadAllSeries().Length);
        }

        Assert.Equal((5, 9), (BlockMetaFile.Read(block).MinTime, BlockMetaFile.Read(block).MaxTime));
        Assert.Equal(["chunks", "index", "meta.json"], Directory.GetFileSystemEntries(block).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static List<(Labels Labels, BlockChunk[] Chunks)> RandomSeries(Random random, int count)
    {
        var series = new List<(Labels Labels, BlockChunk[] Chunks)>();
        ulong reference = 8;
        var labels = new SortedSet<Labels>(Comparer<Labels>.Create(Labels.Compare));
        while (labels.Count < count)
        {
            labels.Add(Labels.Of("__name__", "m" + random.Next(5), "i", random.Next(count * 2).ToString(null, null), "ü" + random.Next(3), new string('x', random.Next(200))));
        }

        foreach (Labels one in labels)
        {
            var chunks = new BlockChunk[random.Next(5)];
            long time = random.NextInt64(-1000, 1L << 41);
            for (int i = 0; i < chunks.Length; i++)
            {
                long end = time + random.Next(10_000);
                chunks[i] = new BlockChunk(time, end, reference);
                time = end + 1 + random.Next(1000);
                reference += (ulong)random.Next(1, 1000) + (random.Next(10) == 0 ? 1UL << 32 : 0);
            }

            series.Add((one, chunks));
        }

        return series;
    }

    private static Labels LabelsOf(ReadOnlySpan<byte> bytes)
    {
        var labels = new List<Label>();
        while (bytes.Length > 0)
        {
            Storage.Head.LabelBytes.Read(ref bytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value);
            labels.Add(new Label(Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(value)));
        }

        return Labels.Of([.. labels]);
    }

    private static void AssertSymbols(List<(Labels Labels, BlockChunk[] Chunks)> series, IndexReader index)
    {
        foreach (string text in series.SelectMany(static one => one.Labels).SelectMany(static label => new[] { label.Name, label.Value }).Distinct())
        {
            Assert.True(index.Symbols.TryFind(Encoding.UTF8.GetBytes(text), out uint reference));
            Assert.Equal(text, Encoding.UTF8.GetString(index.Symbols.Get(reference)));
            Assert.False(index.Symbols.TryFind(Encoding.UTF8.GetBytes(text + "\0"), out _));
        }

        Assert.False(index.Symbols.TryFind("\0"u8, out _));
        Assert.False(index.Symbols.TryFind([0xff], out _));
        Assert.Throws<CorruptionException>(() => index.Symbols.Get(uint.MaxValue));
    }

    private static void AssertPostings(List<(Labels Labels, BlockChunk[] Chunks)> series, uint[] all, IndexReader index)
    {
        Assert.Equal(
            series.SelectMany(static one => one.Labels).Select(static label => label.Name).Append("").Distinct().Order(StringComparer.Ordinal),
            index.Postings.Names.Order(StringComparer.Ordinal));
        foreach (IGrouping<string, Label> name in series.SelectMany(static one => one.Labels).GroupBy(static label => label.Name))
        {
            Assert.True(index.Postings.TryGet(name.Key, out LabelPostings values));
            PostingsTable.ValueCursor cursor = index.Postings.Open(values);
            foreach (string value in name.Select(static label => label.Value).Distinct().Order(Utf8Ordinal.Comparer))
            {
                Assert.True(cursor.MoveNext());
                Assert.Equal(value, Encoding.UTF8.GetString(cursor.Value));
                Assert.True(index.Postings.TryFind(values, Encoding.UTF8.GetBytes(value), out long list));
                Assert.Equal(cursor.List, list);
                uint[] found = new uint[index.Postings.CountOf(list)];
                index.Postings.ReadList(list, found);
                Assert.Equal(all.Where((_, i) => series[i].Labels[name.Key] == value), found);
                Assert.False(index.Postings.TryFind(values, Encoding.UTF8.GetBytes(value + "0.5"), out _));
            }

            Assert.False(cursor.MoveNext());
            Assert.False(index.Postings.TryFind(values, [0xff], out _));
        }
    }

    private IndexReader Open(byte[] bytes)
    {
        string path = _folder.File("index");
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
        return new IndexReader(path);
    }
}
