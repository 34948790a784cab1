using Pharos.Server.Options;

namespace Pharos.Server.Tests.Options;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData(":9090", "", 9090)]
    [InlineData("0.0.0.0:9090", "0.0.0.0", 9090)]
    [InlineData("localhost:0", "localhost", 0)]
    [InlineData("[::1]:9090", "::1", 9090)]
    public void Host_and_port_are_read(string text, string host, int port)
    {
        Assert.True(ListenAddress.TryParse(text, out ListenAddress? address));
        Assert.Equal(new ListenAddress(host, port), address);
    }

    [Theory]
    [InlineData("9090")]
    [InlineData("localhost")]
    [InlineData("localhost:")]
    [InlineData("localhost:http")]
    [InlineData("localhost:65536")]
    [InlineData("localhost:-1")]
    [InlineData("::1:9090")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(ListenAddress.TryParse(text, out _));
    }

    [Theory]
    [InlineData("127.0.0.1:1", true)]
    [InlineData("127.1.2.3:1", true)]
    [InlineData("[::1]:1", true)]
    [InlineData("localhost:1", true)]
    [InlineData(":1", false)]
    [InlineData("0.0.0.0:1", false)]
    [InlineData("[::]:1", false)]
    [InlineData("192.0.2.1:1", false)]
    public void Loopback_is_recognised(string text, bool expected)
    {
        Assert.True(ListenAddress.TryParse(text, out ListenAddress? address));
        Assert.Equal(expected, address!.IsLoopback());
    }
}
