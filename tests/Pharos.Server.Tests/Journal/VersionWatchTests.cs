using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.PromQL.Sources;
using Pharos.Server.Api;
using Pharos.Server.Journal;
using Pharos.Testing;

namespace Pharos.Server.Tests.Journal;

public sealed class VersionWatchTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemorySeriesSource _series = new();
    private readonly RecordedJournal _journal = new();
    private readonly PromQLEngine _engine = new(new EngineOptions());
    private readonly VersionWatch _watch;

    public VersionWatchTests()
    {
        _watch = new VersionWatch(new PrometheusApiServices(() => _engine, _series, _clock), _journal);
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task A_new_version_is_told_with_the_one_before()
    {
        await SeeAsync("flask_app_info", "1.8.2");
        await SeeAsync("flask_app_info", "1.8.2");
        Assert.Empty(_journal.Entries);
        await SeeAsync("flask_app_info", "1.8.3");
        await SeeAsync("flask_app_info", "1.8.3");
        JournalEntry entry = Assert.Single(_journal.Entries);
        Assert.Equal((JournalKind.Deployed, "flask", "1.8.2 → 1.8.3"), (entry.Kind, entry.Subject, entry.Detail));
        Assert.Equal("1.8.3", entry.Labels["version"]);
    }

    [Fact]
    public async Task Going_back_to_an_old_version_is_told_too_also_after_a_pause()
    {
        await SeeAsync("node_exporter_build_info", "2");
        await SeeAsync("something_else", "1");
        await SeeAsync("node_exporter_build_info", "1");
        Assert.Equal("2 → 1", Assert.Single(_journal.Entries).Detail);
    }

    [Theory]
    [InlineData("kube_pod_info", "1", "2")]
    [InlineData("app_info", "", "2")]
    public async Task Other_series_and_empty_versions_tell_nothing(string metric, string first, string second)
    {
        await SeeAsync(metric, first);
        await SeeAsync(metric, second);
        Assert.Empty(_journal.Entries);
    }

    private async Task SeeAsync(string metric, string version)
    {
        _clock.Advance(TimeSpan.FromMinutes(6));
        _series.Add(Labels.Of("__name__", metric, "job", "flask", "version", version), _clock.GetUtcNow().ToUnixTimeMilliseconds(), 1.0);
        await _watch.LookAsync(TestContext.Current.CancellationToken);
    }
}
