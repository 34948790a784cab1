using System.Text;
using Pharos.Scrape.Exposition;

namespace Pharos.Scrape.Tests.Exposition;

public class ClassicHistogramConversionTests
{
    [Fact]
    public void The_series_of_a_histogram_become_one_with_the_same_buckets()
    {
        ExpositionRecord.Histogram histogram = Assert.Single(Convert("h_bucket{a=\"b\",le=\"1\"} 2\nh_bucket{a=\"b\",le=\"2\"} 2\nh_bucket{a=\"b\",le=\"+Inf\"} 5\nh_sum{a=\"b\"} 9\nh_count{a=\"b\"} 5\n"));

        Assert.Equal("h{a=\"b\"}", histogram.Text);
        Assert.Equal([1, 2], histogram.Value.CustomValues);
        Assert.Equal([2, 0, 3], histogram.Value.PositiveBuckets);
        Assert.Equal(5, histogram.Value.Count);
        Assert.Equal(9, histogram.Value.Sum);
    }

    [Theory]
    [InlineData("h_bucket{le=\"1\"} 3\nh_bucket{le=\"+Inf\"} 2\nh_count 2\n")]
    [InlineData("h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_count 3\n")]
    [InlineData("h_bucket{le=\"1\"} -1\nh_count 1\n")]
    public void Series_that_do_not_agree_make_none(string body) => Assert.Empty(Convert(body));

    [Fact]
    public void Long_empty_runs_are_left_out()
    {
        string buckets = string.Concat(Enumerable.Range(0, 6).Select(static i => $"h_bucket{{le=\"{i}\"}} {(i < 5 ? 1 : 4)}\n"));
        ExpositionRecord.Histogram histogram = Assert.Single(Convert(buckets + "h_count 4\n"));

        Assert.Equal([1, 3], histogram.Value.PositiveBuckets);
        Assert.Equal([(0, 1), (4, 1)], histogram.Value.PositiveSpans.Select(static s => (s.Offset, s.Length)));
    }

    [Fact]
    public void Other_series_stay_as_they_are()
    {
        List<ExpositionRecord> records = Parse("# TYPE g gauge\ng_count 1\nh_bucket{le=\"1\"} 1\n");
        Assert.Equal(records, ClassicHistogramConversion.Convert(records));
    }

    private static IEnumerable<ExpositionRecord.Histogram> Convert(string body) =>
        ClassicHistogramConversion.Convert(Parse("# TYPE h histogram\n" + body)).OfType<ExpositionRecord.Histogram>();

    private static List<ExpositionRecord> Parse(string body)
    {
        var records = new List<ExpositionRecord>();
        ExpositionParser.Parse(Encoding.UTF8.GetBytes(body), ExpositionFormat.Text, startTimestamps: false, records);
        return records;
    }
}
