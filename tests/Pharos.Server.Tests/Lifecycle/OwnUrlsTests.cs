using System.Buffers;
using Pharos.Scrape;
using Pharos.Server.Lifecycle;
using Pharos.Server.Options;

namespace Pharos.Server.Tests.Lifecycle;

public sealed class OwnUrlsTests
{
    [Theory]
    [InlineData("http://[::]:9090", "http://localhost:9090/metrics", true)]
    [InlineData("http://[::]:9090", "http://127.0.0.1:9090/metrics", true)]
    [InlineData("http://0.0.0.0:9090", "http://[::1]:9090/metrics", true)]
    [InlineData("http://127.0.0.1:9090", "http://localhost:9090/metrics", true)]
    [InlineData("https://127.0.0.1:9090", "https://127.0.0.1:9090/metrics", true)]
    [InlineData("https://127.0.0.1:9090", "http://127.0.0.1:9090/metrics", false)]
    [InlineData("http://127.0.0.1:9090", "http://127.0.0.1:9091/metrics", false)]
    [InlineData("http://127.0.0.1:9090", "http://127.0.0.1:9090/federate", false)]
    [InlineData("http://127.0.0.1:9090", "http://127.0.0.1:9090/metrics?x=y", false)]
    [InlineData("http://10.0.0.1:9090", "http://127.0.0.1:9090/metrics", false)]
    [InlineData("http://[::]:9090", "http://example.org:9090/metrics", false)]
    public void Only_loopback_with_a_port_of_ours_is_the_server_itself(string bound, string url, bool expected)
    {
        Assert.Equal(expected, Make([], bound).Find(url) is not null);
    }

    [Fact]
    public void The_route_prefix_is_part_of_it()
    {
        OwnUrls urls = Make(["--web.route-prefix=/prom"], "http://127.0.0.1:9090");
        Assert.NotNull(urls.Find("http://127.0.0.1:9090/prom/metrics"));
        Assert.Null(urls.Find("http://127.0.0.1:9090/metrics"));
    }

    [Fact]
    public void Each_page_has_its_own_source()
    {
        OwnUrls urls = Make([], "http://127.0.0.1:9090");
        IExpositionSource? self = urls.Find("http://127.0.0.1:9090/metrics");
        IExpositionSource? host = urls.Find("http://127.0.0.1:9090/metrics/host");
        Assert.NotNull(host);
        Assert.NotSame(self, host);
    }

    private static OwnUrls Make(string[] flags, string bound)
    {
        var urls = new OwnUrls(new Dictionary<string, IExpositionSource> { ["/metrics"] = new Silent(), ["/metrics/host"] = new Silent() }, ServerOptionsReader.Read(flags).Web);
        urls.Set([bound]);
        return urls;
    }

    private sealed class Silent : IExpositionSource
    {
        public string ContentType => "text/plain";

        public ValueTask WriteAsync(IBufferWriter<byte> output, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
