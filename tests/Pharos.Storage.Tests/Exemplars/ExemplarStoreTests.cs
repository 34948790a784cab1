using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage.Exemplars;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.Exemplars;

public sealed class ExemplarStoreTests
{
    private static readonly Matcher[] All = [new Matcher(MatchType.NotEqual, "__name__", "")];

    private readonly Dictionary<SeriesRef, Labels> _head = [];
    private readonly ExemplarStore _store;

    public ExemplarStoreTests()
    {
        _store = new ExemplarStore(series => _head.GetValueOrDefault(series));
        _store.SetLimit(100);
    }

    [Fact]
    public void Exemplars_come_back_by_series_and_time()
    {
        Add(2, "b", Make("x", 1, 10));
        Add(1, "a", Make("y", 2, 20), Make("z", 3, 30));

        Assert.Equal(["{__name__=\"a\"}: y=2@20 z=3@30", "{__name__=\"b\"}: x=1@10"], Select(All));
        Assert.Equal(["{__name__=\"a\"}: y=2@20"], Select(All, 15, 29));
        Assert.Equal(["{__name__=\"b\"}: x=1@10"], Select([new Matcher(MatchType.Match, "__name__", "b|c")]));
        Assert.Empty(Select(All, 31, 40));
    }

    [Fact]
    public void A_series_that_several_selectors_mean_comes_once()
    {
        Add(1, "a", Make("x", 1, 10));
        IReadOnlyList<ExemplarsOfSeries> found = _store.Select([All, [new Matcher(MatchType.Equal, "__name__", "a")]], 0, 100, CancellationToken.None);
        Assert.Single(found);
    }

    [Fact]
    public void When_the_store_is_full_the_one_that_came_first_gives_way()
    {
        _store.SetLimit(2);
        Add(1, "a", Make("x", 1, 30));
        Add(2, "b", Make("x", 1, 10), Make("x", 1, 20));

        Assert.Equal(["{__name__=\"b\"}: x=1@10 x=1@20"], Select(All));
        Assert.Equal(new ExemplarMetrics(3, 0, 2, 1, 10, 2), _store.GetMetrics());
    }

    [Fact]
    public void A_store_of_one_keeps_the_last_of_one_series()
    {
        _store.SetLimit(1);
        Add(1, "a", Make("x", 1, 10), Make("x", 2, 20), Make("x", 3, 30));
        Assert.Equal(["{__name__=\"a\"}: x=3@30"], Select(All));
    }

    [Fact]
    public void The_same_again_is_neither_stored_nor_refused()
    {
        ExemplarSummary summary = Add(1, "a", Make("x", 1, 10), Make("x", 1, 10));
        Assert.Equal(new ExemplarSummary(1, 0, 0, 0), summary);
    }

    [Fact]
    public void Without_timestamps_of_their_own_the_same_is_the_same_at_another_scrape()
    {
        Add(1, "a", Make("x", 1, 10) with { HasTimestamp = false });
        Assert.Equal(default, Add(1, "a", Make("x", 1, 25) with { HasTimestamp = false }));
        Assert.Equal(new ExemplarSummary(1, 0, 0, 0), Add(1, "a", Make("x", 1, 40)));
    }

    [Fact]
    public void What_is_older_is_out_of_order_unless_the_window_admits_it()
    {
        Add(1, "a", Make("x", 1, 100));
        Assert.Equal(new ExemplarSummary(0, 1, 0, 0), Add(1, "a", Make("y", 1, 99)));

        _store.SetOutOfOrderWindow(TimeSpan.FromMilliseconds(50));
        Assert.Equal(new ExemplarSummary(2, 1, 0, 0), Add(1, "a", Make("y", 1, 51), Make("y", 1, 60), Make("y", 1, 50)));
        Assert.Equal(default, Add(1, "a", Make("z", 7, 60)));
        Assert.Equal(["{__name__=\"a\"}: y=1@51 y=1@60 x=1@100"], Select(All));
        Assert.Equal(2, _store.GetMetrics().OutOfOrder);
    }

    [Fact]
    public void At_one_time_greater_values_and_labels_follow()
    {
        Assert.Equal(new ExemplarSummary(3, 2, 0, 0), Add(1, "a", Make("m", 1, 10), Make("n", 1, 10), Make("a", 2, 10), Make("z", 1, 10), Make("A", 2, 10)));
    }

    [Fact]
    public void Labels_may_have_128_characters_together()
    {
        var most = new Exemplar(Labels.Of("ü", new string('ö', 127)), 1, 10, true);
        var tooMany = new Exemplar(Labels.Of("ü", new string('ö', 128)), 1, 20, true);
        Assert.Equal(new ExemplarSummary(1, 0, 1, 0), Add(1, "a", most, tooMany));
    }

    [Fact]
    public void A_series_that_the_head_does_not_know_has_none()
    {
        Assert.Equal(new ExemplarSummary(0, 0, 0, 1), _store.Append([new SeriesExemplar(new SeriesRef(7), Make("x", 1, 10))]));
        Assert.Equal(0, _store.GetMetrics().Series);
    }

    [Fact]
    public void A_series_that_came_back_under_another_reference_goes_on()
    {
        Add(1, "a", Make("x", 1, 10));
        Add(9, "a", Make("x", 2, 20));

        Assert.Equal(["{__name__=\"a\"}: x=1@10 x=2@20"], Select(All));
        Assert.Equal(1, _store.GetMetrics().Series);
    }

    [Fact]
    public void Without_a_limit_nothing_is_kept()
    {
        var none = new ExemplarStore(static _ => Labels.Of("__name__", "a"));
        Assert.False(none.KeepsExemplars);
        Assert.Equal(default, none.Append([new SeriesExemplar(new SeriesRef(1), Make("x", 1, 10))]));
        Assert.Equal(default, none.GetMetrics());
    }

    [Fact]
    public void A_smaller_limit_drops_the_oldest_and_zero_drops_all()
    {
        Add(1, "a", Make("x", 1, 10), Make("x", 2, 20));
        Add(2, "b", Make("x", 1, 15));

        _store.SetLimit(2);
        Assert.Equal(["{__name__=\"a\"}: x=2@20", "{__name__=\"b\"}: x=1@15"], Select(All));
        _store.SetLimit(0);
        Assert.Equal(new ExemplarMetrics(3, 0, 0, 0, 0, 0), _store.GetMetrics());
    }

    [Fact]
    public void Whatever_comes_the_store_holds_what_the_plain_twin_holds()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            RunAgainstTwin(new Random(seed));
        }
    }

    private void RunAgainstTwin(Random random)
    {
        _store.SetLimit(0);
        var twin = new PlainExemplars { OutOfOrderMs = random.Next(3) * 4 };
        _store.SetOutOfOrderWindow(TimeSpan.FromMilliseconds(twin.OutOfOrderMs));
        for (int i = 0; i < 300; i++)
        {
            if (i % 60 == 0)
            {
                int limit = random.Next(1, 12);
                _store.SetLimit(limit);
                twin.SetLimit(limit);
            }

            string name = $"s{random.Next(4)}";
            var exemplar = new Exemplar(Labels.Of("t", $"{random.Next(2)}"), random.Next(2), (i / 4) + random.Next(8), random.Next(2) == 0);
            Add((ulong)random.Next(1, 4) + (10UL * (ulong)name[1]), name, exemplar);
            twin.Add(Labels.Of("__name__", name), exemplar);
        }

        Assert.Equal(twin.Count, _store.GetMetrics().Count);
        foreach (ExemplarsOfSeries found in _store.Select([All], long.MinValue, long.MaxValue, CancellationToken.None))
        {
            Assert.Equal(twin.Of(found.Series), found.Exemplars);
        }
    }

    private static Exemplar Make(string label, double value, long timestamp) => new(Labels.Of(label, "1"), value, timestamp, HasTimestamp: true);

    private ExemplarSummary Add(ulong reference, string name, params Exemplar[] exemplars)
    {
        var series = new SeriesRef(reference);
        _head[series] = Labels.Of("__name__", name);
        return _store.Append(Array.ConvertAll(exemplars, e => new SeriesExemplar(series, e)));
    }

    private string[] Select(Matcher[] matchers, long minTime = 0, long maxTime = 1000) =>
    [
        .. _store.Select([matchers], minTime, maxTime, CancellationToken.None)
            .Select(static f => $"{f.Series}: {string.Join(' ', f.Exemplars.Select(static e => $"{e.Labels[0].Name}={e.Value}@{e.Timestamp}"))}"),
    ];
}
