using Pharos.Server.Flags;

namespace Pharos.Server.Tests.Flags;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["query.timeout", "query.max-samples", "web.listen-address", "agent"];

    [Theory]
    [InlineData("query.timeot", "query.timeout")]
    [InlineData("query.tiemout", "query.timeout")]
    [InlineData("Query.Timeout", "query.timeout")]
    [InlineData("web.listen", "web.listen-address")]
    [InlineData("agnet", "agent")]
    [InlineData("zzzzzzzzzz", null)]
    [InlineData("", null)]
    public void The_closest_name_is_found_when_it_is_close(string name, string? expected)
    {
        Assert.Equal(expected, NearestName.Find(name, Names));
    }
}
