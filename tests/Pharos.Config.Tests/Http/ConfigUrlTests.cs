using Pharos.Config.Http;

namespace Pharos.Config.Tests.Http;

public sealed class ConfigUrlTests
{
    [Theory]
    [InlineData("http://a:9090/x?y#z", "http", "a:9090", "/x?y#z")]
    [InlineData("HTTPS://[::1]:443", "https", "[::1]:443", "")]
    [InlineData("unix:///var/run/docker.sock", "unix", "", "/var/run/docker.sock")]
    [InlineData("localhost:8500", "localhost", "", "8500")]
    [InlineData("/just/a/path", "", "", "/just/a/path")]
    [InlineData("//host/path", "", "host", "/path")]
    [InlineData("", "", "", "")]
    public void Parts_are_split_as_go_does(string text, string scheme, string host, string path)
    {
        ConfigUrl url = ConfigUrl.Parse(text);

        Assert.Equal((scheme, host, path), (url.Scheme, url.Host, url.PathAndQuery));
    }

    [Theory]
    [InlineData("://invalid", "parse \"://invalid\": missing protocol scheme")]
    [InlineData("1:2", "parse \"1:2\": first path segment in URL cannot contain colon")]
    [InlineData("http://a:port/", "parse \"http://a:port/\": invalid port \":port\" after host")]
    [InlineData("http://[::1/", "parse \"http://[::1/\": missing ']' in host")]
    [InlineData("http://a b/", "parse \"http://a b/\": invalid character \" \" in host name")]
    [InlineData("http://a/%zz", "parse \"http://a/%zz\": invalid URL escape \"%zz\"")]
    [InlineData("http://a/\n", "parse \"http://a/\\n\": net/url: invalid control character in URL")]
    public void What_is_no_url_is_refused_in_gos_words(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ConfigUrl.Parse(text)).Message);

    [Fact]
    public void A_password_shows_neither_in_the_text_nor_in_an_error()
    {
        ConfigUrl url = ConfigUrl.Parse("http://me:hunter2@host/");
        string refused = Assert.Throws<FormatException>(() => ConfigUrl.Parse("http://me:hunter2@host:x/")).Message;

        Assert.Equal("http://me:xxxxx@host/", url.ToString());
        Assert.Equal(("me", "hunter2"), (url.User, url.Password.Reveal()));
        Assert.Equal("http://me:hunter2@host/", url.ToUri().OriginalString);
        Assert.DoesNotContain("hunter2", refused, StringComparison.Ordinal);
    }
}
