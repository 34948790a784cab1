using Pharos.Instrumentation.Exposition;

namespace Pharos.Instrumentation.Tests.Exposition;

public sealed class ExpositionContentTypeTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("*/*", false)]
    [InlineData("text/html,*/*;q=0.8", false)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("application/openmetrics-text; version=1.0.0", true)]
    [InlineData("application/openmetrics-text; version=2.0.0", false)]
    [InlineData("application/openmetrics-text;q=0", false)]
    [InlineData("text/plain;version=0.0.4;q=0.9,application/openmetrics-text;version=1.0.0;q=0.3", false)]
    [InlineData("text/plain;version=0.0.4;q=0.3,application/openmetrics-text;version=1.0.0;q=0.9", true)]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", true)]
    [InlineData(";;;", false)]
    public void The_scraper_gets_what_it_likes_best(string accept, bool isOpenMetrics) =>
        Assert.Equal(isOpenMetrics ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text, ExpositionContentType.Choose(accept));
}
