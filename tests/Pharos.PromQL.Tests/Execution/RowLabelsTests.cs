using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.PromQL.Execution;
using Pharos.PromQL.Sources;

namespace Pharos.PromQL.Tests.Execution;

/// <summary>Whatever labels are made of, their columns of ids must say the same as their strings.</summary>
public class RowLabelsTests
{
    private readonly SymbolTable _symbols = new();
    private readonly RowLabels _stored;

    public RowLabelsTests()
    {
        var store = new InMemorySeriesSource();
        store.Add(Labels.Of("__name__", "m", "a", "1", "b", "x"), 0, 1.0);
        store.Add(Labels.Of("__name__", "m", "a", "2"), 0, 1.0);
        store.Add(Labels.Of("__name__", "m", "a", "3", "c", "y"), 0, 1.0);
        using ISeriesQuerier querier = store.OpenQuerier();
        _stored = new StoredLabels(querier.Select(new SeriesSelection([], 0, 1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Stored_labels_know_all_names() => Assert.Equal(["__name__", "a", "b", "c"], Checked(_stored).Names);

    [Fact]
    public void A_projection_picks_rows_and_names()
    {
        RowLabels projected = Checked(new ProjectedLabels(_stored, [2, 0], LabelFilter.Without(["a"]), areUnique: false));

        Assert.Equal(["{__name__=\"m\", c=\"y\"}", "{__name__=\"m\", b=\"x\"}"], Texts(projected));
        Assert.Equal(["{a=\"1\"}", "{a=\"2\"}", "{a=\"3\"}"], Texts(Checked(new ProjectedLabels(_stored, null, LabelFilter.Only(["a"]), areUnique: true))));
    }

    [Fact]
    public void Dropping_the_only_name_keeps_labels_unique()
    {
        Assert.True(Naming.DropNow(_stored).AreUnique);
        Assert.Equal(["{a=\"1\", b=\"x\"}", "{a=\"2\"}", "{a=\"3\", c=\"y\"}"], Texts(Checked(Naming.DropNow(_stored))));
    }

    [Fact]
    public void Dropping_one_of_two_names_may_not()
    {
        var two = new ListedLabels([Labels.Of("__name__", "m", "a", "1"), Labels.Of("__name__", "n", "a", "1")], _symbols, areUnique: true);

        Assert.False(Naming.DropNow(two).AreUnique);
    }

    [Fact]
    public void A_replaced_label_has_new_values_and_the_others_stay()
    {
        RowLabels replaced = Checked(new ReplacedLabels(_stored, "b", ["new", null, ""], null, _symbols));

        Assert.Equal(["{__name__=\"m\", a=\"1\", b=\"new\"}", "{__name__=\"m\", a=\"2\"}", "{__name__=\"m\", a=\"3\", c=\"y\"}"], Texts(replaced));
    }

    [Fact]
    public void Labels_of_both_kinds_follow_each_other()
    {
        var computed = new ListedLabels([Labels.Of("a", "1"), Labels.Of("z", "9")], _symbols, areUnique: true);
        RowLabels both = Checked(new ConcatenatedLabels(_stored, computed, _symbols));

        Assert.Equal(5, both.Count);
        uint[] ids = new uint[5];
        both.GetIds("a", ids);
        Assert.Equal(ids[0], ids[3]);
        Assert.NotEqual(ids[0], ids[1]);
    }

    [Fact]
    public void Included_labels_come_from_the_one_side()
    {
        var many = new ProjectedLabels(_stored, null, LabelFilter.NoMetric, areUnique: true);
        var one = new ListedLabels([Labels.Of("b", "over"), Labels.Of("q", "7")], _symbols, areUnique: true);
        RowLabels overlaid = Checked(new OverlaidLabels(many, one, [0, 0, 1], ["b", "q"], _symbols));

        Assert.Equal(["{a=\"1\", b=\"over\"}", "{a=\"2\", b=\"over\"}", "{a=\"3\", c=\"y\", q=\"7\"}"], Texts(overlaid));
    }

    [Fact]
    public void Names_marked_for_the_end_are_gone_when_it_comes()
    {
        var marked = new ProjectedLabels(_stored, null, LabelFilter.All, areUnique: true, pendingRows: [true, false, true]);

        Assert.Equal(["{a=\"1\", b=\"x\"}", "{__name__=\"m\", a=\"2\"}", "{a=\"3\", c=\"y\"}"], Texts(Checked(new SettledLabels(marked))));
    }

    private static string[] Texts(RowLabels labels) => [.. Enumerable.Range(0, labels.Count).Select(row => labels.Get(row).ToString())];

    private static RowLabels Checked(RowLabels labels)
    {
        for (int row = 0; row < labels.Count; row++)
        {
            Assert.All(labels.Get(row), label => Assert.Contains(label.Name, labels.Names));
        }

        uint[] ids = new uint[labels.Count];
        foreach (string name in labels.Names.Append("nope"))
        {
            labels.GetIds(name, ids);
            Assert.Equal(Enumerable.Range(0, labels.Count).Select(row => labels.Get(row)[name]), ids.Select(labels.ValueOf));
        }

        return labels;
    }
}
