using Pharos.Core.Labels;
using LabelSet = Pharos.Core.Labels.Labels;

namespace Pharos.Core.Tests.Labels;

public sealed class LabelsTests
{
    [Fact]
    public void A_set_is_sorted_by_bytes_and_has_no_empty_values()
    {
        LabelSet labels = LabelSet.Of("b", "2", "a", "1", "c", "", "__name__", "x", "\uFFFD", "3", "😀", "4");

        Assert.Equal(["__name__", "a", "b", "\uFFFD", "😀"], labels.Select(static l => l.Name));
        Assert.Equal("x", labels.MetricName);
        Assert.Equal("", labels["c"]);
        Assert.False(labels.Contains("c"));
    }

    [Fact]
    public void Names_given_twice_and_odd_lists_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LabelSet.Of("a", "1", "a", "2"));
        Assert.Throws<ArgumentException>(() => LabelSet.Of("a", "1", "b"));
    }

    [Fact]
    public void Sets_with_the_same_labels_are_equal()
    {
        LabelSet x = LabelSet.Of("a", "1", "b", "2");
        LabelSet y = LabelSet.Of("b", "2", "a", "1");

        Assert.Equal(x, y);
        Assert.Equal(x.GetHashCode(), y.GetHashCode());
        Assert.NotEqual(x, LabelSet.Of("a", "1"));
        Assert.Equal(LabelSet.Empty, LabelSet.Of("a", ""));
    }

    [Theory]
    [InlineData("a=1", "a=1", 0)]
    [InlineData("a=1", "a=2", -1)]
    [InlineData("a=1", "b=1", -1)]
    [InlineData("a=1", "a=1,b=1", -1)]
    [InlineData("b=1", "a=1,b=1", 1)]
    [InlineData("", "a=1", -1)]
    public void Sets_are_ordered_label_by_label(string x, string y, int order)
    {
        Assert.Equal(order, Math.Sign(LabelSet.Compare(Parse(x), Parse(y))));
        Assert.Equal(-order, Math.Sign(LabelSet.Compare(Parse(y), Parse(x))));
    }

    [Fact]
    public void Text_is_as_upstream_prints_it()
    {
        LabelSet labels = LabelSet.Of("__name__", "up", "job", "a\"b", "dotted.name", "é\n");

        Assert.Equal("{__name__=\"up\", \"dotted.name\"=\"é\\n\", job=\"a\\\"b\"}", labels.ToString());
        Assert.Equal("up{\"dotted.name\"=\"é\\n\", job=\"a\\\"b\"}", labels.ToMetricText());
        Assert.Equal("up", LabelSet.Of("__name__", "up").ToMetricText());
        Assert.Equal("{__name__=\"a.b\"}", LabelSet.Of("__name__", "a.b").ToMetricText());
        Assert.Equal("{}", LabelSet.Empty.ToMetricText());
    }

    [Fact]
    public void A_builder_edits_and_starts_again()
    {
        LabelsBuilder builder = new LabelsBuilder(LabelSet.Of("a", "1", "b", "2")).Set("a", "9").Set("c", "3").Remove("b").Remove("none");

        Assert.Equal(LabelSet.Of("a", "9", "c", "3"), builder.ToLabels());
        Assert.Equal("9", builder["a"]);
        Assert.Equal("", builder["b"]);
        Assert.Equal(2, builder.Count);
        Assert.Equal(0, builder.Reset().Count);
    }

    private static LabelSet Parse(string text)
    {
        var builder = new LabelsBuilder();
        foreach (string pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            builder.Set(pair.Split('=')[0], pair.Split('=')[1]);
        }

        return builder.ToLabels();
    }
}
