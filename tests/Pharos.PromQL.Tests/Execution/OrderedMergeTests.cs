using Pharos.PromQL.Execution;

namespace Pharos.PromQL.Tests.Execution;

public class OrderedMergeTests
{
    [Fact]
    public void Partitions_are_merged_in_their_order_whatever_the_order_in_which_they_end()
    {
        foreach (int[] order in new int[][] { [0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1] })
        {
            var merge = new OrderedMerge(4);
            foreach (int partition in order)
            {
                merge.Add(partition, [new Trail(partition)]);
            }

            Assert.Equal([0, 1, 2, 3], Assert.IsType<Trail>(Assert.Single(merge.Total)).Seen);
        }
    }

    [Fact]
    public void What_was_merged_serves_again_as_new_and_the_total_never()
    {
        var merge = new OrderedMerge(3);
        Assert.Null(merge.TakeUsed());
        var first = new Trail(0);
        merge.Add(0, [first]);
        Assert.Null(merge.TakeUsed());
        var second = new Trail(1);
        merge.Add(1, [second]);
        Assert.Same(second, Assert.Single(merge.TakeUsed()!));
        Assert.Empty(second.Seen);
        merge.Add(2, [second]);
        Assert.Same(first, Assert.Single(merge.Total));
    }

    private sealed class Trail(int partition) : PartialFold
    {
        public List<int> Seen { get; } = [partition];

        public override void Merge(PartialFold later) => Seen.AddRange(((Trail)later).Seen);

        public override bool TryClear()
        {
            Seen.Clear();
            return true;
        }
    }
}
