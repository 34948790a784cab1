using Pharos.Config.Yaml;

namespace Pharos.Config.Tests.Yaml;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["scrape_interval", "scrape_timeout", "job_name"];

    [Theory]
    [InlineData("scrape_intervall", "scrape_interval")]
    [InlineData("scape_timeout", "scrape_timeout")]
    [InlineData("jobname", "job_name")]
    [InlineData("jub_nime", "job_name")]
    [InlineData("job_nmae", "job_name")]
    public void A_mistyped_name_is_found(string typed, string meant) => Assert.Equal(meant, NearestName.Find(typed, Known));

    [Theory]
    [InlineData("")]
    [InlineData("interval")]
    [InlineData("something_else_entirely")]
    public void A_far_name_is_none(string typed) => Assert.Null(NearestName.Find(typed, Known));

    [Fact]
    public void A_name_of_any_length_is_answered_at_once() => Assert.Null(NearestName.Find(new string('a', 1 << 20), Known));

    [Fact]
    public void Without_a_near_name_a_few_known_ones_are_listed() =>
        Assert.Equal("one of job_name, scrape_interval, scrape_timeout", NearestName.Describe("port", Known));
}
