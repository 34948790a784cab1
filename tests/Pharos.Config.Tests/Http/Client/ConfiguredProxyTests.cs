using Pharos.Config.Http;
using Pharos.Config.Http.Client;

namespace Pharos.Config.Tests.Http.Client;

public class ConfiguredProxyTests
{
    [Theory]
    [InlineData("", "http://a.example/", true)]
    [InlineData("*", "http://a.example/", false)]
    [InlineData("a.example", "http://a.example/", false)]
    [InlineData("a.example", "http://x.a.example/", false)]
    [InlineData("a.example", "http://ba.example/", true)]
    [InlineData(".a.example", "http://a.example/", true)]
    [InlineData(".a.example", "http://x.a.example/", false)]
    [InlineData("*.a.example", "http://x.a.example/", false)]
    [InlineData("b, a.example:8080", "http://a.example:8080/", false)]
    [InlineData("a.example:8080", "http://a.example/", true)]
    [InlineData("10.0.0.0/8", "http://10.1.2.3/", false)]
    [InlineData("10.0.0.0/8", "http://11.1.2.3/", true)]
    [InlineData("10.1.2.3", "http://10.1.2.3:99/", false)]
    [InlineData("::1", "http://[::1]:99/", false)]
    public void Hosts_of_the_list_are_reached_without_the_proxy(string noProxy, string destination, bool isProxied)
    {
        ConfiguredProxy proxy = ConfiguredProxy.From(new ProxyConfig { Url = ConfigUrl.Parse("http://u:p@proxy.example:3128"), NoProxy = noProxy })!;

        Assert.Equal(isProxied, !proxy.IsBypassed(new Uri(destination)));
        Assert.Equal(isProxied ? "proxy.example" : null, proxy.GetProxy(new Uri(destination))?.Host);
        Assert.Equal("u", proxy.Credentials!.GetCredential(new Uri("http://proxy.example"), "Basic")!.UserName);
    }

    [Fact]
    public void Without_a_url_there_is_no_proxy() => Assert.Null(ConfiguredProxy.From(new ProxyConfig()));

    [Fact]
    public void What_the_client_cannot_do_is_named()
    {
        (HttpClientConfig Config, string Message)[] cases =
        [
            (new HttpClientConfig { BasicAuth = new BasicAuthConfig { PasswordRef = "x" } }, "secrets by reference (…_ref) are not yet supported: no secret manager is built in"),
            (new HttpClientConfig { Proxy = new ProxyConfig { ConnectHeader = new Dictionary<string, IReadOnlyList<Secret>> { ["a"] = [] } } }, "proxy_connect_header is not yet supported"),
        ];
        foreach ((HttpClientConfig config, string message) in cases)
        {
            Assert.Equal(message, Assert.Throws<NotSupportedException>(() => HttpClientBuilder.Build(config)).Message);
        }
    }
}
