using Pharos.Scrape.Exposition;

namespace Pharos.Scrape.Tests.Exposition;

public class ContentTypeTests
{
    [Theory]
    [InlineData("text/plain; version=0.0.4; charset=utf-8", ExpositionFormat.Text)]
    [InlineData("TEXT/Plain ; charset=\"a;\\\"b\"", ExpositionFormat.Text)]
    [InlineData("application/openmetrics-text;", ExpositionFormat.OpenMetrics)]
    [InlineData("application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited", ExpositionFormat.Protobuf)]
    public void Known_types_are_found_with_any_parameters(string contentType, ExpositionFormat format)
    {
        Assert.Equal(format, ContentType.Choose(contentType, "", out string? problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("text/plain; charset", "mime: invalid media parameter")]
    [InlineData("text/plain; =x", "mime: invalid media parameter")]
    [InlineData("text/plain; a=\"x", "mime: invalid media parameter")]
    [InlineData("text", "received unsupported Content-Type \"text\" and no fallback_scrape_protocol specified for target")]
    [InlineData("text plain", "mime: expected slash after first token")]
    public void What_is_no_media_type_fails_without_a_fallback(string contentType, string problem)
    {
        Assert.Equal(ExpositionFormat.None, ContentType.Choose(contentType, "", out string? actual));
        Assert.EndsWith(problem, actual, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fallback_is_taken_and_said()
    {
        Assert.Equal(ExpositionFormat.OpenMetrics, ContentType.Choose("", "application/openmetrics-text", out string? problem));
        Assert.Equal("non-compliant scrape target sending blank Content-Type, using fallback_scrape_protocol \"application/openmetrics-text\"", problem);
    }
}
