using Pharos.Storage.Blocks;
using Pharos.Storage.Compaction;
using Pharos.Storage.Tests.Blocks;

namespace Pharos.Storage.Tests.Compaction;

/// <summary>Times are in units of the smallest block, 20; ranges are 20, 60, 180, 540.</summary>
public class CompactionPlannerTests
{
    private static readonly long[] Ranges = [20, 60, 180, 540];

    [Fact]
    public void Nothing_is_done_with_no_block_or_one() => Assert.All(new BlockMeta[][] { [], [Block(1, 0, 20)] }, static blocks => Assert.Empty(Plan(blocks)));

    [Fact]
    public void The_newest_block_is_left_alone() =>
        Assert.Empty(Plan(Block(1, 0, 20), Block(2, 20, 40), Block(3, 40, 60)));

    [Fact]
    public void A_full_range_before_the_newest_block_is_merged() =>
        Assert.Equal([1, 2, 3], Plan(Block(1, 0, 20), Block(2, 20, 40), Block(3, 40, 60), Block(4, 60, 80)));

    [Fact]
    public void Late_samples_of_the_head_s_time_are_not_merged_with_what_is_before_them()
    {
        BlockMeta late = Block(3, 40, 60) with { Hints = [BlockMeta.FromOutOfOrder] };
        BlockMeta later = Block(4, 60, 80) with { Hints = [BlockMeta.FromOutOfOrder] };
        Assert.Empty(Plan(Block(1, 0, 20), Block(2, 20, 40), late, later));
        Assert.Equal([5, 3], Plan(Block(1, 0, 20), Block(2, 20, 40), late, later, Block(5, 40, 60)).OrderDescending());
    }

    [Fact]
    public void The_order_of_the_blocks_does_not_matter() =>
        Assert.Equal([1, 2, 3], Plan(Block(4, 60, 80), Block(2, 20, 40), Block(3, 40, 60), Block(1, 0, 20)));

    [Fact]
    public void A_range_that_is_not_full_waits_while_blocks_may_come_into_it() =>
        Assert.Empty(Plan(Block(1, 0, 20), Block(2, 20, 40), Block(3, 60, 80)));

    [Fact]
    public void A_range_with_gaps_is_merged_when_newer_blocks_are_there() =>
        Assert.Equal([1, 2], Plan(Block(1, 0, 20), Block(2, 40, 60), Block(3, 60, 80), Block(4, 80, 100)));

    [Fact]
    public void Smaller_ranges_come_before_larger_ones() =>
        Assert.Equal([4, 5, 6], Plan(Block(1, 0, 60), Block(2, 60, 120), Block(3, 120, 180), Block(4, 180, 200), Block(5, 200, 220), Block(6, 220, 240), Block(7, 240, 260)));

    [Fact]
    public void Blocks_of_one_level_become_one_of_the_next() =>
        Assert.Equal([1, 2, 3], Plan(Block(1, 0, 60), Block(2, 60, 120), Block(3, 120, 180), Block(4, 180, 200)));

    [Fact]
    public void Blocks_across_the_borders_of_ranges_are_left_out() =>
        Assert.Equal([2, 3], Plan(Block(1, 50, 70), Block(2, 80, 100), Block(3, 100, 120), Block(4, 120, 140), Block(5, 140, 160)));

    [Fact]
    public void Ranges_before_the_epoch_are_aligned_too() =>
        Assert.Equal([1, 2, 3], Plan(Block(1, -60, -40), Block(2, -40, -20), Block(3, -20, 0), Block(4, 0, 20)));

    [Fact]
    public void A_range_with_a_block_that_failed_is_left_alone() =>
        Assert.Equal([4, 5, 6], Plan(
            Block(1, 0, 20), Block(2, 20, 40) with { HasFailed = true }, Block(3, 40, 60), Block(4, 60, 80), Block(5, 80, 100), Block(6, 100, 120), Block(7, 120, 140)));

    [Fact]
    public void Overlapping_blocks_come_first_the_newest_among_them() =>
        Assert.Equal([4, 5], Plan(Block(1, 0, 20), Block(2, 20, 40), Block(3, 40, 60), Block(4, 60, 80), Block(5, 70, 90)));

    [Fact]
    public void Overlapping_blocks_are_taken_up_to_the_first_gap() =>
        Assert.Equal([1, 2, 3], Plan(Block(1, 0, 60), Block(2, 10, 20), Block(3, 30, 40), Block(4, 60, 80), Block(5, 70, 90)));

    [Fact]
    public void Blocks_that_touch_do_not_overlap() =>
        Assert.Empty(Plan(Block(1, 0, 20), Block(2, 20, 40)));

    [Theory]
    [InlineData(5, 100, false)] // 5 of 101 is less than a twentieth
    [InlineData(6, 100, true)]
    [InlineData(0, 100, false)]
    public void A_large_block_is_written_anew_when_a_twentieth_is_deleted(long tombstones, long series, bool isPlanned)
    {
        BlockMeta large = Block(1, 0, 540) with { Stats = new BlockStats { Series = series, Tombstones = tombstones } };
        Assert.Equal(isPlanned ? [1] : [], Plan(large, Block(2, 540, 560)));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void A_small_block_is_written_anew_only_when_nothing_may_be_left(long tombstones, bool isPlanned)
    {
        BlockMeta small = Block(1, 0, 20) with { Stats = new BlockStats { Series = 10, Tombstones = tombstones } };
        Assert.Equal(isPlanned ? [1] : [], Plan(small, Block(2, 20, 40)));
    }

    [Fact]
    public void Blocks_of_a_selection_of_series_are_not_mixed_with_others()
    {
        BlockMeta stale = Block(1, 0, 20) with { Hints = ["from-stale-series"] };
        BlockMeta other = Block(4, 10, 30) with { Hints = ["from-stale-series"] };
        Assert.Empty(Plan(stale, Block(2, 0, 20), Block(3, 20, 40)));
        Assert.Equal([1, 4], Plan(stale, Block(2, 0, 20), Block(3, 20, 40), other));
    }

    [Theory]
    [InlineData(2, 0, 15, "2h 6h 18h")]
    [InlineData(2, 0, 0, "2h 6h 18h 54h 162h 486h")]
    [InlineData(2, 6, 15, "2h 6h")]
    [InlineData(2, 1, 15, "2h")]
    [InlineData(1, 0, 1, "1h")]
    public void Ranges_go_up_to_a_tenth_of_the_retention_and_31_days(int minHours, int maxHours, int retentionDays, string expected)
    {
        long[] ranges = BlockRanges.Of(TimeSpan.FromHours(minHours), TimeSpan.FromHours(maxHours), TimeSpan.FromDays(retentionDays));
        Assert.Equal(expected, string.Join(' ', ranges.Select(static range => $"{range / 3_600_000}h")));
    }

    [Fact]
    public void The_description_of_a_merged_block_names_all_that_went_into_it()
    {
        BlockMeta first = Block(1, 0, 20) with { Sources = [WrittenBlock.Name(1)], Hints = [BlockMeta.FromOutOfOrder] };
        BlockMeta second = Block(2, 10, 30) with { Level = 3, Sources = [WrittenBlock.Name(7), WrittenBlock.Name(1)] };
        BlockMeta merged = MergedMeta.Of(WrittenBlock.Name(9), [first, second]);
        Assert.Equal((0, 30, 4), (merged.MinTime, merged.MaxTime, merged.Level));
        Assert.Equal([WrittenBlock.Name(1), WrittenBlock.Name(7)], merged.Sources);
        Assert.Equal([new BlockParent(first.Ulid, 0, 20), new BlockParent(second.Ulid, 10, 30)], merged.Parents);
        Assert.Empty(merged.Hints);
        Assert.Equal([BlockMeta.FromOutOfOrder], MergedMeta.Of(WrittenBlock.Name(9), [first, first]).Hints);
    }

    private static BlockMeta Block(int number, long minTime, long maxTime) => new() { Ulid = WrittenBlock.Name(number), MinTime = minTime, MaxTime = maxTime };

    private static int[] Plan(params BlockMeta[] blocks) =>
        [.. new CompactionPlanner(Ranges).Plan(blocks).Select(static meta => int.Parse(meta.Ulid.ToString()[^3..], System.Globalization.CultureInfo.InvariantCulture))];
}
