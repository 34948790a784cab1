using System.Text;
using Pharos.Core.Samples;
using Pharos.Scrape.Exposition;

namespace Pharos.Scrape.Tests.Exposition;

public class OpenMetricsReaderTests
{
    [Fact]
    public void An_exemplar_is_read_with_its_labels_value_and_time()
    {
        List<ExpositionRecord> records = Parse("a_total 1 # {trace=\"x\"} 0.5 1.25\n# EOF\n");

        ExposedExemplar exemplar = Assert.IsType<ExpositionRecord.Sample>(records[0]).Exemplar!;
        Assert.Equal("{trace=\"x\"}", exemplar.Labels.ToString());
        Assert.Equal(0.5, exemplar.Value);
        Assert.Equal(1250, exemplar.Timestamp);
    }

    [Fact]
    public void Timestamps_are_seconds()
    {
        List<ExpositionRecord> records = Parse("a 1 1520879607.789\n# EOF\n");
        Assert.Equal(1520879607789, Assert.IsType<ExpositionRecord.Sample>(records[0]).Timestamp);
    }

    [Fact]
    public void Metadata_names_family_type_unit_and_unescaped_help()
    {
        List<ExpositionRecord> records = Parse("# HELP a_seconds say \\\"a\\\"\\n\n# TYPE a_seconds gauge\n# UNIT a_seconds seconds\na_seconds 1\n# EOF\n");

        Assert.Equal("say \"a\"\n", Assert.IsType<ExpositionRecord.HelpLine>(records[0]).Help);
        Assert.Equal(MetricType.Gauge, Assert.IsType<ExpositionRecord.TypeLine>(records[1]).Type);
        Assert.Equal("seconds", Assert.IsType<ExpositionRecord.UnitLine>(records[2]).Unit);
        Assert.Equal("seconds", Assert.IsType<ExpositionRecord.Sample>(records[3]).Unit);
    }

    [Fact]
    public void What_stands_behind_a_value_and_is_neither_time_nor_exemplar_is_refused()
    {
        ExpositionException e = Assert.Throws<ExpositionException>(() => Parse("a 1 # foo\n# EOF\n"));
        Assert.StartsWith("expected a valid start token", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_series_is_read_with_exemplar_and_all()
    {
        var reader = new OpenMetricsReader("a_total 1 # {x=\"y\"} 2\nb 1\n# EOF\n"u8);

        Assert.True(reader.TryReadKnown([], "a_total"u8));
        Assert.Equal("{x=\"y\"}", Encoding.UTF8.GetString(reader.ExemplarLabels));
        Assert.False(reader.TryReadKnown([], "bb"u8));
        Assert.True(reader.TryReadKnown([], "b"u8));
        Assert.True(reader.ExemplarLabels.IsEmpty);
        Assert.Equal(ExpositionEntry.End, reader.Next());
    }

    [Fact]
    public void Created_lines_are_series_unless_start_timestamps_are_asked_for()
    {
        const string Body = "# TYPE a counter\na_total 1\na_created 2.5\n# EOF\n";
        var records = new List<ExpositionRecord>();
        ExpositionParser.Parse(Encoding.UTF8.GetBytes(Body), ExpositionFormat.OpenMetrics, startTimestamps: true, records);

        Assert.Equal(2, Parse(Body).OfType<ExpositionRecord.Sample>().Count());
        Assert.Equal(2500, Assert.Single(records.OfType<ExpositionRecord.Sample>()).StartTimestamp);
    }

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("0.25", "0.25")]
    [InlineData("1000000", "1e+06")]
    [InlineData("+Inf", "+Inf")]
    [InlineData("x", "x")]
    public void Bounds_are_stored_as_openmetrics_writes_them(string written, string stored)
    {
        List<ExpositionRecord> records = Parse($"# TYPE a histogram\na_bucket{{le=\"{written}\"}} 1\n# EOF\n");
        Assert.Equal(stored, Assert.IsType<ExpositionRecord.Sample>(records[1]).Labels["le"]);
    }

    private static List<ExpositionRecord> Parse(string text)
    {
        var records = new List<ExpositionRecord>();
        ExpositionParser.Parse(Encoding.UTF8.GetBytes(text), ExpositionFormat.OpenMetrics, startTimestamps: false, records);
        return records;
    }
}
