using Pharos.Core.Labels;
using Pharos.Core.Relabeling;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Targets;

namespace Pharos.Scrape.Tests.Targets;

public class TargetTests
{
    private static readonly ScrapeConfig Job = new() { JobName = "j", ScrapeInterval = TimeSpan.FromSeconds(15) };

    [Fact]
    public void Defaults_of_the_job_and_labels_of_the_group_are_filled_in()
    {
        var builder = new LabelsBuilder();
        TargetLabels.Discover(builder, Job with { Params = new Dictionary<string, IReadOnlyList<string>> { ["m"] = ["x", "y"] } }, Labels.Of("__address__", "h:1", "env", "own"), Labels.Of("env", "group", "zone", "z"));

        Assert.Equal(
            "{__address__=\"h:1\", __always_scrape_classic_histograms__=\"false\", __convert_classic_histograms_to_nhcb__=\"false\", __metrics_path__=\"/metrics\", __param_m=\"x\", __scheme__=\"http\", __scrape_interval__=\"15s\", __scrape_native_histograms__=\"false\", __scrape_timeout__=\"10s\", env=\"own\", job=\"j\", zone=\"z\"}",
            builder.ToLabels().ToString());
    }

    [Fact]
    public void A_target_keeps_no_meta_labels_and_gets_its_address_as_instance()
    {
        Labels labels = Relabel(out string? error, "__address__", "h:1", "__meta_x", "y")!;

        Assert.Null(error);
        Assert.Equal("{instance=\"h:1\", job=\"j\"}", TargetLabels.Public(labels).ToString());
        Assert.False(labels.Contains("__meta_x"));
    }

    [Theory]
    [InlineData("", "no address")]
    [InlineData("http://h:1", "\"http://h:1\" is not a valid hostname")]
    public void Addresses_are_checked(string address, string message)
    {
        Assert.Null(Relabel(out string? error, "__address__", address));
        Assert.Equal(message, error);
    }

    [Theory]
    [InlineData("__scrape_interval__", "x", "error parsing scrape interval: not a valid duration string: \"x\"")]
    [InlineData("__scrape_interval__", "0s", "scrape interval cannot be 0")]
    [InlineData("__scrape_timeout__", "20s", "scrape timeout cannot be greater than scrape interval (\"20s\" > \"15s\")")]
    [InlineData("__scrape_native_histograms__", "maybe", "error parsing scrape native histograms: strconv.ParseBool: parsing \"maybe\": invalid syntax")]
    public void Labels_that_steer_the_scrape_are_checked(string name, string value, string message)
    {
        Assert.Null(Relabel(out string? error, "__address__", "h:1", name, value));
        Assert.Equal(message, error);
    }

    [Fact]
    public void A_dropped_target_is_no_error()
    {
        var builder = new LabelsBuilder();
        ScrapeConfig job = Job with { RelabelConfigs = [new RelabelConfig { SourceLabels = ["__address__"], Action = RelabelAction.Drop }] };
        TargetLabels.Discover(builder, job, Labels.Of("__address__", "h:1"), Labels.Empty);

        Assert.Null(TargetLabels.Relabel(builder, job, out string? error));
        Assert.Null(error);
    }

    [Theory]
    [InlineData("/probe", "http://h:1/probe?m=a%2Fb&m=y&n=1+2")]
    [InlineData("probe x?", "http://h:1/probe%20x%3F?m=a%2Fb&m=y&n=1+2")]
    public void The_url_is_written_as_go_writes_it(string path, string expected)
    {
        Labels labels = Labels.Of("__address__", "h:1", "__scheme__", "http", "__metrics_path__", path, "__param_m", "a/b", "__param_n", "1 2");
        Assert.Equal(expected, TargetUrl.Build(labels, new Dictionary<string, IReadOnlyList<string>> { ["m"] = ["x", "y"] }));
    }

    [Fact]
    public void Moments_are_spread_over_the_interval_and_do_not_move()
    {
        var now = new DateTimeOffset(2026, 11, 20, 1, 2, 3, TimeSpan.Zero);
        var offsets = new List<double>();
        for (int i = 0; i < 200; i++)
        {
            var target = new Target(Job, Relabel(out _, "__address__", $"h{i}:1")!, Labels.Empty);
            TimeSpan offset = target.OffsetFrom(now, 42);
            Assert.InRange(offset, TimeSpan.Zero, TimeSpan.FromSeconds(15));
            Assert.Equal((now + offset).UtcTicks % TimeSpan.FromSeconds(15).Ticks, (now + TimeSpan.FromSeconds(4) + target.OffsetFrom(now + TimeSpan.FromSeconds(4), 42)).UtcTicks % TimeSpan.FromSeconds(15).Ticks);
            Assert.NotEqual(offset, target.OffsetFrom(now, 43));
            offsets.Add(offset.TotalSeconds);
        }

        Assert.All(Enumerable.Range(0, 5), third => Assert.InRange(offsets.Count(o => (int)(o / 3) == third), 20, 60));
    }

    private static Labels? Relabel(out string? error, params string[] discovered)
    {
        var builder = new LabelsBuilder();
        TargetLabels.Discover(builder, Job, Labels.Of(discovered), Labels.Empty);
        return TargetLabels.Relabel(builder, Job, out error);
    }
}
