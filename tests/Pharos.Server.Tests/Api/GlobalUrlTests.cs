using Pharos.Server.Api;

namespace Pharos.Server.Tests.Api;

public sealed class GlobalUrlTests
{
    [Theory]
    [InlineData("http://127.0.0.1:9090/metrics", "https://mon.example/metrics")]
    [InlineData("http://localhost:9090/metrics?a=b", "https://mon.example/metrics?a=b")]
    [InlineData("http://localhost:9100/metrics", "http://mon.example:9100/metrics")]
    [InlineData("http://[::1]:9100/metrics", "http://mon.example:9100/metrics")]
    [InlineData("http://10.0.0.1:9090/metrics", "http://10.0.0.1:9090/metrics")]
    [InlineData("nonsense", "nonsense")]
    public void Only_targets_on_this_machine_are_rewritten(string url, string expected)
    {
        Assert.Equal(expected, new GlobalUrl(new Uri("https://mon.example/prom/"), ownPort: 9090).Of(url));
    }
}
