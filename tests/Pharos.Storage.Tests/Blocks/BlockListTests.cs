using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Storage.Blocks;
using Pharos.Storage.Files;
using Pharos.Testing;

namespace Pharos.Storage.Tests.Blocks;

public sealed class BlockListTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<TsdbMessage> _messages = [];
    private readonly BlockList _list;

    public BlockListTests()
    {
        _list = new BlockList(DiskFiles.Instance, _folder.Path, _messages.Add);
    }

    public void Dispose()
    {
        _list.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Blocks_come_by_first_time_and_new_ones_are_found()
    {
        Write(1, 200, 300);
        Write(2, 100, 200);
        _list.Reload();
        Assert.Equal([2, 1], Numbers());
        Block first = _list.Current[0];
        Write(3, 150, 180);
        _list.Reload();
        Assert.Equal([2, 3, 1], Numbers());
        Assert.Same(first, _list.Current[0]);
        Assert.Equal(2, _list.Reloads);
        Assert.Contains("blocks overlap from 150 to 180", Assert.Single(_messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_newer_block_was_made_of_is_deleted_even_if_it_is_damaged()
    {
        Write(1, 100, 200);
        Write(2, 200, 300);
        File.WriteAllText(Path.Combine(_folder.Path, WrittenBlock.Name(2).ToString(), "index"), "damaged");
        Write(3, 100, 300, meta => meta with { Parents = [new BlockParent(WrittenBlock.Name(1), 100, 200), new BlockParent(WrittenBlock.Name(2), 200, 300), new BlockParent(WrittenBlock.Name(9), 0, 1)] });
        _list.Reload();
        Assert.Equal([3], Numbers());
        Assert.Equal([WrittenBlock.Name(3).ToString()], Directory.GetDirectories(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void What_says_that_it_may_go_and_what_is_chosen_is_deleted()
    {
        Write(1, 100, 200, static meta => meta with { IsDeletable = true });
        Write(2, 200, 300);
        Write(3, 300, 400);
        _list.Reload(blocks =>
        {
            Assert.Equal(3, blocks.Count);
            return [WrittenBlock.Name(2)];
        });
        Assert.Equal([3], Numbers());
        Assert.Single(Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public void A_damaged_block_is_named_and_the_list_is_as_before()
    {
        Write(1, 100, 200);
        _list.Reload();
        Write(2, 200, 300);
        Write(3, 300, 400);
        string index = Path.Combine(_folder.Path, WrittenBlock.Name(3).ToString(), "index");
        byte[] bytes = File.ReadAllBytes(index);
        bytes[^1] ^= 1;
        File.WriteAllBytes(index, bytes);
        CorruptionException e = Assert.Throws<CorruptionException>(() => _list.Reload());
        Assert.Equal(index, e.File);
        Assert.Equal([1], Numbers());
        Assert.Equal(1, _list.ReloadFailures);
        File.Delete(index);
        e = Assert.Throws<CorruptionException>(() => _list.Reload());
        Assert.Contains("cannot be opened", e.Message, StringComparison.Ordinal);
        bytes[^1] ^= 1;
        File.WriteAllBytes(index, bytes);
        _list.Reload();
        Assert.Equal([1, 2, 3], Numbers());
    }

    [Fact]
    public void Folders_that_are_no_blocks_are_left_alone()
    {
        Write(1, 100, 200);
        Directory.CreateDirectory(_folder.File("wal"));
        Directory.CreateDirectory(_folder.File(WrittenBlock.Name(5).ToString()));
        _folder.Write("notes/meta.json", "{}");
        _list.Reload();
        Assert.Equal([1], Numbers());
        Assert.Contains("has no meta.json", Assert.Single(_messages).Text, StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetDirectories(_folder.Path).Length);

        // Told once while it lasts.
        _list.Reload();
        Assert.Single(_messages);
        Directory.Delete(_folder.File(WrittenBlock.Name(5).ToString()));
        _list.Reload();
        Directory.CreateDirectory(_folder.File(WrittenBlock.Name(5).ToString()));
        _list.Reload();
        Assert.Equal(2, _messages.Count);
    }

    [Fact]
    public void A_copy_under_another_name_is_left_out()
    {
        Write(1, 100, 200);
        string copy = _folder.File(WrittenBlock.Name(2).ToString());
        Directory.Move(_folder.File(WrittenBlock.Name(1).ToString()), copy);
        Write(1, 100, 200);
        _list.Reload();
        Assert.Equal([1], Numbers());
        Assert.Contains("is open already", Assert.Single(_messages).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_interrupted_process_left_is_removed()
    {
        string name = WrittenBlock.Name(1).ToString();
        string[] kept = [name, name + ".tmp-for-other", "chunk_snapshot.000001.tmp", "x.tmp"];
        foreach (string folder in (string[])[.. kept, name + ".tmp", name + ".tmp-for-creation", name + ".tmp-for-deletion"])
        {
            _folder.Write(folder + "/chunks/000001", "x");
        }

        BlockList.RemoveTemporary(DiskFiles.Instance, _folder.Path);
        Assert.Equal(kept.Order(StringComparer.Ordinal), Directory.GetDirectories(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_block_that_leaves_is_closed_with_its_last_reader()
    {
        Write(1, 100, 200);
        _list.Reload();
        Block block = _list.Current[0];
        var held = new List<Block>();
        _list.Acquire(0, 99, held);
        Assert.Empty(held);
        _list.Acquire(200, 300, held);
        Assert.Empty(held);
        _list.Acquire(199, 300, held);
        Assert.Same(block, Assert.Single(held));
        _list.Reload(static blocks => blocks.Select(static one => one.Meta.Ulid));
        Assert.Empty(_list.Current);
        Assert.True(block.TryAcquire());
        block.Release();
        held[0].Release();
        Assert.False(block.TryAcquire());
    }

    [Fact]
    public void The_end_of_what_was_compacted_leaves_late_samples_aside()
    {
        _list.Reload();
        Assert.Equal(long.MinValue, _list.EndOfCompacted);
        Write(1, 100, 200);
        Write(2, 200, 400, static meta => meta with { Hints = [BlockMeta.FromOutOfOrder] });
        _list.Reload();
        Assert.Equal(200, _list.EndOfCompacted);
    }

    [Fact]
    public void Overlaps_are_grouped_as_upstream_groups_them()
    {
        BlockMeta[] metas = [Meta(1, 0, 10), Meta(2, 10, 20), Meta(3, 15, 18), Meta(4, 16, 25), Meta(5, 25, 30), Meta(6, 26, 27)];
        IReadOnlyList<BlockOverlap> overlaps = BlockOverlap.Find(metas);
        Assert.Equal(["16-18: 2 3 4", "26-27: 5 6"], overlaps.Select(static one => $"{one.MinTime}-{one.MaxTime}: {string.Join(' ', one.Blocks.Select(static meta => Number(meta.Ulid)))}"));
        Assert.Empty(BlockOverlap.Find([Meta(1, 0, 10), Meta(2, 10, 20)]));
        Assert.Empty(BlockOverlap.Find([]));
    }

    private static BlockMeta Meta(int number, long minTime, long maxTime) => new() { Ulid = WrittenBlock.Name(number), MinTime = minTime, MaxTime = maxTime };

    private static int Number(Ulid ulid) => int.Parse(ulid.ToString()[^3..], null);

    private IEnumerable<int> Numbers() => _list.Current.Select(static block => Number(block.Meta.Ulid));

    private void Write(int number, long minTime, long maxTime, Func<BlockMeta, BlockMeta>? change = null) => WrittenBlock.Write(
        _folder.Path,
        WrittenBlock.Name(number),
        new Dictionary<Labels, Sample[]> { [TestTsdb.Name("a", "block", number.ToString(null, null))] = [new Sample(minTime, 1), new Sample(maxTime - 1, 2)] },
        change: change);
}
