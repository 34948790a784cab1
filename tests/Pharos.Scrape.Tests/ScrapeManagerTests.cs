using System.Buffers;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;
using Pharos.Discovery;
using Pharos.Discovery.Files;
using Pharos.Discovery.Static;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Targets;
using Pharos.Testing;

namespace Pharos.Scrape.Tests;

public sealed class ScrapeManagerTests : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingAppender _store = new();
    private readonly ScrapeManager _manager;

    public ScrapeManagerTests()
    {
        var sources = new Dictionary<string, IExpositionSource> { ["in"] = new Source("a 1\n"), ["other"] = new Source("b 1\n"), ["bad"] = new Source(null) };
        _manager = new ScrapeManager(_store, _time, new ScrapeManagerOptions { Sources = sources, HostName = "test" });
    }

    public ValueTask DisposeAsync() => _manager.DisposeAsync();

    [Fact]
    public async Task A_target_inside_the_process_is_scraped_like_any_other()
    {
        await ApplyAsync(Job("in", "h:1"));
        await ScrapeOnceAsync();

        TargetView target = Assert.Single(Assert.Single(_manager.GetPools()).Active);
        Assert.Equal("{instance=\"h:1\", job=\"in\"}", target.Labels.ToString());
        Assert.Equal("http://h:1/metrics", target.ScrapeUrl);
        Assert.Equal("15s", target.ScrapeInterval);
        Assert.Equal("10s", target.ScrapeTimeout);
        Assert.Equal(TargetHealth.Up, target.Health);
        Assert.Equal("", target.LastError);
        Assert.Equal("1", _store.ValuesOf("{__name__=\"a\", instance=\"h:1\", job=\"in\"}"));
    }

    [Fact]
    public async Task A_url_that_is_the_server_itself_is_answered_from_inside()
    {
        await using var manager = new ScrapeManager(_store, _time, new ScrapeManagerOptions
        {
            HostName = "test",
            OwnUrl = static url => url == "http://self:9090/metrics" ? new Source("own 1\n") : null,
        });
        await manager.ApplyAsync([Job("self", "self:9090")], Labels.Empty);
        await FollowAsync(() => manager.GetPools()[0].Active[0].Health == TargetHealth.Up);

        Assert.Equal("1", _store.ValuesOf("{__name__=\"own\", instance=\"self:9090\", job=\"self\"}"));
    }

    [Fact]
    public async Task One_target_that_fails_hurts_no_other()
    {
        await ApplyAsync(Job("bad", "h:1"), Job("in", "h:2"));
        await ScrapeOnceAsync();

        Assert.Equal("0", _store.ValuesOf("{__name__=\"up\", instance=\"h:1\", job=\"bad\"}"));
        Assert.Equal("1", _store.ValuesOf("{__name__=\"up\", instance=\"h:2\", job=\"in\"}"));
        Assert.Equal("no body", _manager.GetPools()[0].Active[0].LastError);
    }

    [Fact]
    public async Task A_job_that_says_the_same_goes_on_and_one_that_changed_starts_anew()
    {
        await ApplyAsync(Job("in", "h:1"), Job("other", "h:1"));
        await ScrapeOnceAsync();
        DateTimeOffset before = _manager.GetPools()[0].Active[0].LastScrape;

        await ApplyAsync(Job("in", "h:1"), Job("other", "h:1") with { HonorLabels = true, Fingerprint = "changed" });

        Assert.Equal(before, _manager.GetPools()[0].Active[0].LastScrape);
        Assert.Equal(TargetHealth.Unknown, _manager.GetPools()[1].Active[0].Health);
        Assert.Equal(1, _manager.Metrics.PoolReloads.Value);
        Assert.Equal(2, _manager.Metrics.Pools.Value);
    }

    [Fact]
    public async Task Targets_that_stay_go_on_when_others_come_and_go()
    {
        using var folder = new TempFolder();
        string file = folder.Write("targets.json", """[{"targets":["h:1","h:2"],"labels":{"x":"y"}}]""");
        var files = new FileDiscoveryConfig { Files = [folder.File("*.json")], Fingerprint = "f" };
        await ApplyAsync(Job("in", "h:0") with { Discovery = [files] });
        await ScrapeOnceAsync();
        DateTimeOffset first = Target("h:1").LastScrape;
        Assert.Equal("{instance=\"h:1\", job=\"in\", x=\"y\"}", Target("h:1").Labels.ToString());

        folder.Write("targets.json", """[{"targets":["h:1","h:3"],"labels":{"x":"y"}}]""");
        await FollowAsync(() => Targets() == "h:1 h:3");

        Assert.True(Target("h:1").LastScrape >= first);
        Assert.NotEqual(TargetHealth.Unknown, Target("h:1").Health);

        folder.Write("targets.json", "[{]");
        await FollowAsync(() => _manager.GetPools()[0].Discovery[0].Error is not null);
        Assert.Equal("h:1 h:3", Targets());
        Assert.StartsWith($"{file}:1:", _manager.GetPools()[0].Discovery[0].Error, StringComparison.Ordinal);

        File.Delete(file);
        await FollowAsync(() => Targets().Length == 0);
        Assert.Null(_manager.GetPools()[0].Discovery[0].Error);
    }

    [Fact]
    public async Task Dropped_targets_are_kept_as_many_as_the_job_says()
    {
        ScrapeConfig job = Job("in", "h:1", "h:2", "h:3") with
        {
            KeepDroppedTargets = 1,
            RelabelConfigs = [new RelabelConfig { SourceLabels = ["__address__"], Regex = Core.Matching.ReplacementRegex.Parse("h:[23]"), Action = RelabelAction.Drop }],
        };
        await ApplyAsync(job);

        ScrapePoolView pool = Assert.Single(_manager.GetPools());
        Assert.Equal(2, pool.DroppedCount);
        Assert.Equal("h:2", Assert.Single(pool.Dropped).DiscoveredLabels["__address__"]);
        Assert.Equal("h:1", Assert.Single(pool.Active).DiscoveredLabels["__address__"]);
    }

    [Fact]
    public async Task Targets_that_are_the_same_after_relabelling_are_scraped_once()
    {
        await ApplyAsync(Job("in", "h:1", "h:1"));
        Assert.Single(Assert.Single(_manager.GetPools()).Active);
    }

    [Fact]
    public async Task Over_the_target_limit_every_target_of_the_job_fails()
    {
        await ApplyAsync(Job("in", "h:1", "h:2") with { TargetLimit = 1 });
        await ScrapeOnceAsync();

        Assert.All(_manager.GetPools()[0].Active, static t => Assert.Equal("target_limit exceeded (number of targets: 2, limit: 1)", t.LastError));
        Assert.Equal("0", _store.ValuesOf("{__name__=\"up\", instance=\"h:1\", job=\"in\"}"));
        Assert.True(_manager.Metrics.ExceededTargetLimit.Value > 0);
    }

    [Fact]
    public async Task What_makes_no_target_is_said_and_counted()
    {
        await ApplyAsync(Job("in", "http://h:1"));

        ScrapePoolView pool = Assert.Single(_manager.GetPools());
        Assert.Empty(pool.Active);
        Assert.Equal("instance 0 in group 0: \"http://h:1\" is not a valid hostname", pool.LastSyncErrors[0]);
        Assert.True(_manager.Metrics.SyncFailed.Value > 0);
    }

    [Fact]
    public async Task A_job_that_asks_for_what_is_not_built_says_so_at_its_targets()
    {
        await ApplyAsync(Job("http", "h:1") with { Http = new Config.Http.HttpClientConfig { OAuth2 = new Config.Http.OAuth2Config { GrantType = Config.Http.OAuth2Config.JwtBearerGrant } } });
        await ScrapeOnceAsync();

        Assert.Equal("oauth2 with grant_type urn:ietf:params:oauth:grant-type:jwt-bearer is not yet supported", _manager.GetPools()[0].Error);
        Assert.Equal("error creating HTTP client: oauth2 with grant_type urn:ietf:params:oauth:grant-type:jwt-bearer is not yet supported", _manager.GetPools()[0].Active[0].LastError);
    }

    [Fact]
    public async Task A_mechanism_that_is_not_built_shows_its_reason()
    {
        await ApplyAsync(Job("in") with { Discovery = [new Unbuilt()] });

        DiscoveryStatus status = Assert.Single(_manager.GetPools()[0].Discovery);
        Assert.Equal("unbuilt discovery is not built yet", status.NotAvailable);
    }

    [Fact]
    public async Task A_job_that_is_gone_leaves_markers_and_a_stopped_server_does_not()
    {
        await ApplyAsync(Job("in", "h:1"), Job("other", "h:1"));
        await ScrapeOnceAsync();
        await ApplyAsync(Job("other", "h:1"));
        Assert.Single(_manager.GetPools());

        const string Gone = "{__name__=\"a\", instance=\"h:1\", job=\"in\"}";
        await FollowAsync(() => _store.ValuesOf(Gone).EndsWith("stale", StringComparison.Ordinal));

        await _manager.DisposeAsync();
        Assert.DoesNotContain("stale", _store.ValuesOf("{__name__=\"b\", instance=\"h:1\", job=\"other\"}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_fetches_are_written_to_the_failure_log_as_json()
    {
        using var folder = new TempFolder();
        await ApplyAsync(Job("bad", "h:1") with { ScrapeFailureLogFile = folder.File("failures.log") });
        await ScrapeOnceAsync();

        string line = (await File.ReadAllLinesAsync(folder.File("failures.log")))[0];
        Assert.EndsWith("\"level\":\"ERROR\",\"msg\":\"no body\",\"job_name\":\"bad\",\"target\":\"http://h:1/metrics\"}", line, StringComparison.Ordinal);
    }

    private static ScrapeConfig Job(string name, params string[] addresses)
    {
        var group = new TargetGroup("0", [.. addresses.Select(static a => Labels.Of("__address__", a))], Labels.Empty);
        return new ScrapeConfig
        {
            JobName = name,
            ScrapeInterval = Interval,
            Discovery = [new StaticDiscoveryConfig { Groups = [group], Fingerprint = string.Join(',', addresses) }],
            Fingerprint = $"{name} {string.Join(',', addresses)}",
        };
    }

    private Task ApplyAsync(params ScrapeConfig[] jobs) => _manager.ApplyAsync(jobs, Labels.Empty);

    private TargetView Target(string instance) => _manager.GetPools()[0].Active.Single(t => t.Labels["instance"] == instance);

    private string Targets() => string.Join(' ', _manager.GetPools()[0].Active.Select(static t => t.Labels["instance"]));

    // Every target has its moment within an interval.
    private Task ScrapeOnceAsync() => FollowAsync(() => _manager.GetPools().All(static p => p.Active.All(static t => t.Health != TargetHealth.Unknown)));

    // Loops and the follower run on other threads: time goes on in small steps until they have done what is waited for.
    private Task FollowAsync(Func<bool> condition) => Wait.UntilAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return condition();
        },
        "the loops");

    private sealed class Source(string? body) : IExpositionSource
    {
        public string ContentType => "text/plain";

        public ValueTask WriteAsync(IBufferWriter<byte> output, CancellationToken cancellationToken)
        {
            output.Write(System.Text.Encoding.UTF8.GetBytes(body ?? throw new InvalidOperationException("no body")));
            return ValueTask.CompletedTask;
        }
    }

    private sealed record Unbuilt : DiscoveryConfig
    {
        public override string Mechanism => "unbuilt";
    }
}
