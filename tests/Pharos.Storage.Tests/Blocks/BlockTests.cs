using System.Text;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Chunks;
using Pharos.Storage.Files;
using Pharos.Storage.Head;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Blocks;

public sealed class BlockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_block_gives_back_what_was_written()
    {
        var random = new Random(1);
        Dictionary<Labels, Sample[]> series = WrittenBlock.RandomSeries(random, 300, 500, 1_700_000_000_000);
        var block = new Block(WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), series, segmentBytes: 64 * 1024));
        Assert.Equal(2, block.Index.Version);
        Assert.True(Directory.GetFiles(Path.Combine(block.Folder, "chunks")).Length > 1);
        using (IBlockInput input = block.OpenInput())
        {
            AssertSymbols(series, input);
            AssertSeries(series, input);
        }

        block.Release();
    }

    [Fact]
    public void Only_chunks_of_the_range_are_shown()
    {
        Sample[] samples = [.. Enumerable.Range(0, 100).Select(static i => new Sample(i * 10, i))];
        var series = new Dictionary<Labels, Sample[]> { [TestTsdb.Name("a")] = samples, [TestTsdb.Name("b")] = samples[..20] };
        var block = new Block(WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), series, samplesPerChunk: 10));
        using IBlockInput input = block.OpenInput();
        using IChunkSeriesCursor cursor = input.OpenSeries(395, 500);
        Assert.True(cursor.MoveNext());
        Assert.Equal(2, cursor.Chunks.Length);
        Assert.Equal((400, 490), (cursor.Chunks[0].MinTime, cursor.Chunks[0].MaxTime));
        Assert.Equal((500, 590), (cursor.Chunks[1].MinTime, cursor.Chunks[1].MaxTime));
        Assert.False(cursor.MoveNext());
        block.Release();
    }

    [Fact]
    public void Deleted_intervals_are_those_of_the_opening()
    {
        var series = new Dictionary<Labels, Sample[]> { [TestTsdb.Name("a")] = [new Sample(1, 1), new Sample(5, 2)] };
        string folder = WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), series);
        var block = new Block(folder);
        uint reference = block.Index.ReadAllSeries().Single();
        TombstoneFile.Write(DiskFiles.Instance, folder, TombstoneSet.Of([(reference, new DeletedInterval(2, 3))]));
        block.Release();
        block = new Block(folder);
        using IBlockInput input = block.OpenInput();
        block.Tombstones = block.Tombstones.With([(reference, new DeletedInterval(4, 6))]);
        using IChunkSeriesCursor cursor = input.OpenSeries(0, 10);
        Assert.True(cursor.MoveNext());
        Assert.Equal([new DeletedInterval(2, 3)], cursor.Deleted.ToArray());
        Assert.Equal([new DeletedInterval(2, 6)], block.Tombstones.Get(reference).ToArray());
        block.Release();
    }

    [Fact]
    public void Files_are_given_back_with_the_last_reader()
    {
        var series = new Dictionary<Labels, Sample[]> { [TestTsdb.Name("a")] = [new Sample(1, 1)] };
        var block = new Block(WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), series));
        IBlockInput input = block.OpenInput();
        block.Release();
        Directory.Delete(block.Folder, recursive: true);
        AssertSeries(series, input);
        input.Dispose();
        Assert.False(block.TryAcquire());
        Assert.Throws<ObjectDisposedException>(block.OpenInput);
        Assert.Throws<ObjectDisposedException>(input.OpenSymbols);

        // A reader that comes too late finds zeros and not a fault.
        Assert.Throws<CorruptionException>(() => block.Index.OpenSeries(block.Index.LastReference / 2).MoveNextLabel());
    }

    [Fact]
    public void A_file_that_was_cut_off_while_open_is_named()
    {
        Dictionary<Labels, Sample[]> series = WrittenBlock.RandomSeries(new Random(2), 50, 100, 0);
        var block = new Block(WrittenBlock.Write(_folder.Path, WrittenBlock.Name(1), series));
        string chunks = Path.Combine(block.Folder, "chunks", "000001");
        using (var file = new FileStream(chunks, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(100);
        }

        CorruptionException e = Assert.Throws<CorruptionException>(block.OpenInput);
        Assert.Equal((chunks, 100), (e.File, e.Offset));
        block.Release();
    }

    private static void AssertSymbols(Dictionary<Labels, Sample[]> series, IBlockInput input)
    {
        var expected = new SortedSet<string>(series.Keys.SelectMany(static labels => labels).SelectMany(static label => new[] { label.Name, label.Value }), Utf8Ordinal.Comparer);
        using ISymbolCursor cursor = input.OpenSymbols();
        foreach (string symbol in expected)
        {
            Assert.True(cursor.MoveNext());
            Assert.Equal(symbol, Encoding.UTF8.GetString(cursor.Current));
        }

        Assert.False(cursor.MoveNext());
    }

    private static void AssertSeries(Dictionary<Labels, Sample[]> series, IBlockInput input)
    {
        using IChunkSeriesCursor cursor = input.OpenSeries(long.MinValue, long.MaxValue);
        foreach ((Labels labels, Sample[] samples) in series.OrderBy(static pair => pair.Key, Comparer<Labels>.Create(Labels.Compare)))
        {
            Assert.True(cursor.MoveNext());
            byte[] bytes = new byte[LabelBytes.MaxLength(labels)];
            Assert.Equal(bytes.AsSpan(0, LabelBytes.Encode(labels, bytes)).ToArray(), cursor.LabelBytes.ToArray());
            Assert.True(cursor.Deleted.IsEmpty);
            var buffer = new SampleBuffer();
            foreach (ref readonly ChunkView chunk in cursor.Chunks)
            {
                Assert.True(ChunkDecoder.TryAppend(chunk, long.MinValue, long.MaxValue, buffer, out string? error), error);
            }

            var read = new Sample[buffer.Count];
            for (int i = 0; i < read.Length; i++)
            {
                read[i] = new Sample(buffer.Timestamps[i], buffer.Values[i]);
            }

            SampleSequences.AssertSame(samples, read);
        }

        Assert.False(cursor.MoveNext());
    }
}
