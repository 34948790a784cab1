using Pharos.Core.Labels;
using Pharos.PromQL.Execution;

namespace Pharos.PromQL.Tests.Execution;

public class GroupIndexTests
{
    private static readonly Labels[] Rows =
    [
        Labels.Of("__name__", "m", "a", "1", "b", "x"),
        Labels.Of("__name__", "m", "a", "2", "b", "x"),
        Labels.Of("__name__", "m", "a", "1", "b", "y"),
        Labels.Of("__name__", "n", "a", "1", "b", "x"),
        Labels.Of("__name__", "m", "b", "x"),
    ];

    [Fact]
    public void Groups_are_numbered_as_their_first_rows_come()
    {
        GroupIndex groups = GroupIndex.Of(Listed(), ["a"], without: false);

        Assert.Equal([0, 1, 0, 0, 2], groups.GroupOf);
        Assert.Equal([0, 1, 4], groups.FirstRows);
        Assert.Equal([[0, 2, 3], [1], [4]], groups.Members());
    }

    [Fact]
    public void Without_leaves_out_the_metric_name_too() => Assert.Equal([0, 1, 0, 0, 2], GroupIndex.Of(Listed(), ["b"], without: true).GroupOf);

    [Fact]
    public void Labels_that_nobody_has_make_one_group() => Assert.Equal([0, 0, 0, 0, 0], GroupIndex.Of(Listed(), ["nope"], without: false).GroupOf);

    [Fact]
    public void By_all_labels_every_series_is_alone() => Assert.Equal(5, GroupIndex.OfAll(Listed()).Count);

    [Fact]
    public void No_rows_make_no_groups() => Assert.Equal(0, GroupIndex.Of(new ListedLabels([], new SymbolTable(), areUnique: true), [], without: false).Count);

    [Fact]
    public void Many_groups_agree_with_a_dictionary()
    {
        var random = new Random(4);
        Labels[] labels = [.. Enumerable.Range(0, 20_000).Select(_ => Labels.Of("a", random.Next(300).ToString(), "b", random.Next(300).ToString()))];
        GroupIndex groups = GroupIndex.OfAll(new ListedLabels(labels, new SymbolTable(), areUnique: false));

        var known = new Dictionary<Labels, int>();
        for (int row = 0; row < labels.Length; row++)
        {
            known.TryAdd(labels[row], known.Count);
            Assert.Equal(known[labels[row]], groups.GroupOf[row]);
        }
    }

    private static ListedLabels Listed() => new(Rows, new SymbolTable(), areUnique: true);
}
