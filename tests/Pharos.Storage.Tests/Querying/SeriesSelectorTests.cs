using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.Querying;

public class SeriesSelectorTests
{
    private static readonly string[] Patterns = ["", "x", "y", "x|y", "x|", ".*", ".+", "x.*", ".*1", "(?i)X.*", "x[0-9]", "[^x].*", "(x|y)[0-4]", "nothing", "x1|x2|y3", "a|b|x9"];

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 3000)]
    [InlineData(3, 300)]
    public void Random_matchers_select_what_the_plain_test_of_every_series_selects(int seed, int count)
    {
        using var test = new TestTsdb();
        var random = new Random(seed);
        var all = new Dictionary<string, Labels>(StringComparer.Ordinal);
        var batch = new SampleBatch();
        for (int i = 0; i < count; i++)
        {
            Labels labels = RandomLabels(random, i);
            all[labels.ToString()] = labels;
            batch.Add(test.Db.GetOrAdd(labels), 1000, i);
        }

        test.Db.Append(batch);
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        for (int round = 0; round < 1500; round++)
        {
            Matcher[] matchers = RandomMatchers(random);
            string[] expected = [.. all.Values.Where(labels => matchers.All(matcher => matcher.Matches(labels[matcher.Name]))).Select(static labels => labels.ToString()).Order(StringComparer.Ordinal)];
            ISeriesSet set = querier.Select(new SeriesSelection(matchers, 0, 2000), CancellationToken.None);
            string[] actual = [.. Enumerable.Range(0, set.Count).Select(i => set.GetLabels(i).ToString()).Order(StringComparer.Ordinal)];
            if (!expected.SequenceEqual(actual))
            {
                Assert.Fail($"{{{string.Join(",", (object[])matchers)}}} selects {actual.Length} series, expected {expected.Length}");
            }
        }
    }

    [Theory]
    [InlineData("a=\"\"", "3 4")]
    [InlineData("a!=\"\"", "1 2")]
    [InlineData("a=~\".*\"", "1 2 3 4")]
    [InlineData("a!~\".*\"", "")]
    [InlineData("a=~\".+\"", "1 2")]
    [InlineData("a!~\".+\"", "3 4")]
    [InlineData("a!=\"x\"", "2 3 4")]
    [InlineData("a=~\"x|\"", "1 3 4")]
    [InlineData("a!~\"x|\"", "2")]
    [InlineData("absent=\"\"", "1 2 3 4")]
    [InlineData("absent!=\"\"", "")]
    [InlineData("absent=~\"x*\"", "1 2 3 4")]
    [InlineData("absent=\"x\"", "")]
    [InlineData("a=\"unknown\"", "")]
    [InlineData("a!=\"unknown\"", "1 2 3 4")]
    public void An_absent_label_has_the_empty_value(string text, string expected)
    {
        using var test = new TestTsdb();
        test.Append(Labels.Of("i", "1", "a", "x"), 1, 1);
        test.Append(Labels.Of("i", "2", "a", "y"), 1, 1);
        test.Append(Labels.Of("i", "3", "b", "x"), 1, 1);
        test.Append(Labels.Of("i", "4"), 1, 1);
        int at = text.IndexOfAny(['=', '!']);
        string operation = text[at..text.IndexOf('"', StringComparison.Ordinal)];
        MatchType type = operation switch
        {
            "=" => MatchType.Equal,
            "!=" => MatchType.NotEqual,
            "=~" => MatchType.Match,
            _ => MatchType.NotMatch,
        };
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([new Matcher(type, text[..at], text.Split('"')[1])], 0, 10), CancellationToken.None);
        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, set.Count).Select(i => set.GetLabels(i)["i"])));
    }

    [Fact]
    public void Series_come_in_the_order_of_creation_without_those_outside_the_range()
    {
        using var test = new TestTsdb();
        foreach (string name in new[] { "z", "a", "m" })
        {
            test.Append(TestTsdb.Name(name), 5000 + name[0], 1);
        }

        test.Db.GetOrAdd(TestTsdb.Name("without_samples"));
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        Assert.Equal("z a m", Names(querier, 0, 10_000));
        Assert.Equal("z a m", Names(querier, long.MinValue, long.MaxValue));
        Assert.Equal("z", Names(querier, 5000 + 'z', 10_000));
        Assert.Equal("a", Names(querier, 0, 5000 + 'a'));
        Assert.Equal("", Names(querier, 0, 5000));
    }

    [Fact]
    public void Ids_are_equal_exactly_when_values_and_shapes_are()
    {
        using var test = new TestTsdb();
        test.Append(Labels.Of("a", "x", "b", "y"), 1, 1);
        test.Append(Labels.Of("a", "y", "b", "y"), 1, 1);
        test.Append(Labels.Of("b", "x"), 1, 1);
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        ISeriesSet set = querier.Select(new SeriesSelection([], 0, 10), CancellationToken.None);
        uint[] a = new uint[3];
        uint[] b = new uint[3];
        uint[] shapes = new uint[3];
        set.GetLabelValueIds("a", a);
        set.GetLabelValueIds("b", b);
        set.GetShapeIds(shapes);
        Assert.Equal(["x", "y", ""], a.Select(set.GetLabelValue));
        Assert.Equal(["y", "y", "x"], b.Select(set.GetLabelValue));
        Assert.Equal((0u, a[0], a[1], b[0]), (a[2], b[2], b[0], b[1]));
        Assert.Equal(shapes[0], shapes[1]);
        Assert.NotEqual(shapes[0], shapes[2]);
        Assert.Equal(["a", "b"], set.GetShapeLabelNames(shapes[0]));
        set.GetLabelValueIds("nothing", a);
        Assert.Equal([0u, 0, 0], a);
    }

    [Fact]
    public void Names_and_values_are_those_of_the_series_that_match_sorted_by_bytes()
    {
        using var test = new TestTsdb();
        test.Append(Labels.Of("__name__", "up", "job", "b", "z", "1"), 1, 1);
        test.Append(Labels.Of("__name__", "up", "job", "a"), 1, 1);
        test.Append(Labels.Of("__name__", "down", "job", "ä", "Y", "1"), 1, 1);
        using ISeriesQuerier querier = test.Db.OpenQuerier();
        IReadOnlyList<Matcher>[] up = [[new Matcher(MatchType.Equal, "__name__", "up")]];
        Assert.Equal(["Y", "__name__", "job", "z"], querier.LabelNames([], 0, 10, CancellationToken.None));
        Assert.Equal(["__name__", "job", "z"], querier.LabelNames(up, 0, 10, CancellationToken.None));
        Assert.Equal(["a", "b", "ä"], querier.LabelValues("job", [], 0, 10, CancellationToken.None));
        Assert.Equal(["a", "b"], querier.LabelValues("job", up, 0, 10, CancellationToken.None));
        Assert.Equal(["1"], querier.LabelValues("z", up, 0, 10, CancellationToken.None));
        Assert.Empty(querier.LabelValues("unknown", [], 0, 10, CancellationToken.None));
        Assert.Empty(querier.LabelNames([], 11, 20, CancellationToken.None));
        Assert.Empty(querier.LabelValues("job", [[new Matcher(MatchType.Equal, "job", "c")]], 0, 10, CancellationToken.None));
    }

    private static string Names(ISeriesQuerier querier, long minTime, long maxTime)
    {
        ISeriesSet set = querier.Select(new SeriesSelection([], minTime, maxTime), CancellationToken.None);
        return string.Join(' ', Enumerable.Range(0, set.Count).Select(i => set.GetLabels(i).MetricName));
    }

    private static Labels RandomLabels(Random random, int index)
    {
        var labels = new LabelsBuilder();
        labels.Set("id", "x" + index);
        foreach (string name in new[] { "a", "b", "c" })
        {
            if (random.Next(4) > 0)
            {
                labels.Set(name, (random.Next(2) == 0 ? "x" : "y") + (random.Next(2) == 0 ? "" : random.Next(20)));
            }
        }

        return labels.ToLabels();
    }

    private static Matcher[] RandomMatchers(Random random)
    {
        var matchers = new Matcher[random.Next(5)];
        for (int i = 0; i < matchers.Length; i++)
        {
            var type = (MatchType)random.Next(4);
            string name = random.Next(8) switch
            {
                0 => "id",
                1 => "absent",
                2 or 3 => "b",
                4 => "c",
                _ => "a",
            };
            string value = type is MatchType.Match or MatchType.NotMatch ? Patterns[random.Next(Patterns.Length)] : random.Next(6) == 0 ? "" : "x" + random.Next(12);
            matchers[i] = new Matcher(type, name, value);
        }

        return matchers;
    }
}
