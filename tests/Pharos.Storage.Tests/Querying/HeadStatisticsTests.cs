namespace Pharos.Storage.Tests.Querying;

public sealed class HeadStatisticsTests
{
    [Fact]
    public void Series_created_in_the_last_hour_are_ranked_by_name_by_pair_and_by_the_label_that_makes_them()
    {
        using var test = new TestTsdb();
        test.Append(TestTsdb.Name("old", "pod", "a"), 1, 1);
        test.Append(TestTsdb.Name("old", "pod", "b"), 1, 1);
        Assert.Equal(2, test.Db.GetStatus().SeriesCreated);
        Advance(test, minutes: 61);
        Assert.Equal(0, test.Db.GetStatus().SeriesCreated);

        test.Append(TestTsdb.Name("old", "pod", "c"), 2, 1);
        test.Append(TestTsdb.Name("new", "pod", "a", "id", "1"), 2, 1);
        test.Append(TestTsdb.Name("new", "pod", "a", "id", "2"), 2, 1);
        Advance(test, minutes: 30);
        TsdbStatus status = test.Db.GetStatus();
        Assert.Equal(3, status.SeriesCreated);
        Assert.Equal([new TsdbStatistic("new", 2), new TsdbStatistic("old", 1)], status.SeriesCreatedByMetricName);
        Assert.Equal(new TsdbStatistic("id", 2), status.LabelValuesCreatedByLabelName[0]);
        Assert.Contains(new TsdbStatistic("pod=a", 2), status.SeriesCreatedByLabelValuePair);
        Assert.DoesNotContain(status.SeriesCreatedByLabelValuePair, static pair => pair.Name == "pod=b");
        Assert.Equal(2, test.Db.GetStatus(limit: 2).SeriesCreatedByLabelValuePair.Count);
        Assert.Equal(60 * 60_000, test.Clock.GetUtcNow().ToUnixTimeMilliseconds() - status.CreatedSince);
    }

    private static void Advance(TestTsdb test, int minutes)
    {
        for (int i = 0; i < minutes; i++)
        {
            test.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }
}
