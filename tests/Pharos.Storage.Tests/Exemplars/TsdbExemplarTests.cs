using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Storage.Tests.Exemplars;

public sealed class TsdbExemplarTests
{
    private static readonly Exemplar Example = new(Labels.Of("trace_id", "7"), 0.5, 1000, HasTimestamp: true);

    [Fact]
    public void Exemplars_carry_the_labels_of_their_series()
    {
        using var test = new TestTsdb();
        Assert.False(test.Db.KeepsExemplars);
        test.Db.SetExemplars(10, TimeSpan.Zero);
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("hits", "job", "j"));
        test.Append(series, 1000, 1);

        Assert.Equal(1, test.Db.AppendExemplars([new SeriesExemplar(series, Example)]).Appended);
        ExemplarsOfSeries found = Assert.Single(Select(test.Db));
        Assert.Equal("{__name__=\"hits\", job=\"j\"}", found.Series.ToString());
        Assert.Equal([Example], found.Exemplars);
        Assert.Equal((1, 10), (test.Db.GetMetrics().Exemplars.Count, test.Db.GetMetrics().Exemplars.Limit));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(ulong.MaxValue)]
    public void A_reference_that_names_nothing_is_refused(ulong reference)
    {
        using var test = new TestTsdb();
        test.Db.SetExemplars(10, TimeSpan.Zero);
        Assert.Equal(1, test.Db.AppendExemplars([new SeriesExemplar(new SeriesRef(reference), Example)]).UnknownSeries);
    }

    [Fact]
    public void Exemplars_outlive_their_series_until_they_give_way()
    {
        using var test = new TestTsdb();
        test.Db.SetExemplars(10, TimeSpan.Zero);
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("gone"));
        test.Append(series, 1000, 1);
        test.Db.AppendExemplars([new SeriesExemplar(series, Example)]);
        test.Append(TestTsdb.Name("newer"), 10_000_000, 1);
        test.Db.Truncate(9_000_000);

        Assert.Equal("{__name__=\"gone\"}", Assert.Single(Select(test.Db)).Series.ToString());
    }

    [Fact]
    public void After_a_restart_there_are_none()
    {
        using var test = new TestTsdb();
        test.Db.SetExemplars(10, TimeSpan.Zero);
        SeriesRef series = test.Db.GetOrAdd(TestTsdb.Name("hits"));
        test.Append(series, 1000, 1);
        test.Db.AppendExemplars([new SeriesExemplar(series, Example)]);
        test.Reopen();
        Assert.False(test.Db.KeepsExemplars);
        test.Db.SetExemplars(10, TimeSpan.Zero);
        Assert.Empty(Select(test.Db));
    }

    private static IReadOnlyList<ExemplarsOfSeries> Select(Tsdb db) =>
        db.SelectExemplars([[new Matcher(MatchType.NotEqual, "__name__", "")]], 0, 2000, CancellationToken.None);
}
