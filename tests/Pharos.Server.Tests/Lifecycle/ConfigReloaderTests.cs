using Microsoft.Extensions.Logging.Abstractions;
using Pharos.Config;
using Pharos.Core.Contracts;
using Pharos.Server.Configuration;
using Pharos.Server.Lifecycle;
using Pharos.Server.Tests.Journal;
using Pharos.Testing;

namespace Pharos.Server.Tests.Lifecycle;

public sealed class ConfigReloaderTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Source _source = new();
    private readonly Part _first = new("first");
    private readonly Part _second = new("second");
    private readonly ReloadStatus _status = new();
    private readonly RecordedJournal _journal = new();
    private readonly ConfigReloader _reloader;

    public ConfigReloaderTests()
    {
        _reloader = new ConfigReloader(_source, [_first, _second], _status, _journal, _clock, NullLogger<ConfigReloader>.Instance);
    }

    public void Dispose() => _reloader.Dispose();

    [Fact]
    public async Task Parts_take_up_a_configuration_in_their_order()
    {
        _reloader.LoadFirst();
        Assert.Empty(_first.Seen);
        await _reloader.ApplyFirstAsync(TestContext.Current.CancellationToken);
        _source.Text = "2";
        Assert.Null(await _reloader.ReloadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["1", "2"], _first.Seen);
        Assert.Equal(["1", "2"], _second.Seen);
    }

    [Fact]
    public async Task A_part_that_fails_gives_all_before_it_the_former_configuration_back()
    {
        _reloader.LoadFirst();
        await _reloader.ApplyFirstAsync(TestContext.Current.CancellationToken);
        DateTimeOffset loaded = _status.Current.LastSuccess;
        _clock.Advance(TimeSpan.FromMinutes(1));
        _source.Text = "2";
        _second.Refuses = "2";

        string? error = await _reloader.ReloadAsync(TestContext.Current.CancellationToken);

        Assert.Equal("second could not take up the new configuration, the former one runs: no room", error);
        Assert.Equal(["1", "2", "1"], _first.Seen);
        Assert.Equal(["1", "1"], _second.Seen);
        Assert.Equal(new ReloadOutcome(Succeeded: false, loaded, _clock.GetUtcNow(), error, Place: null), _status.Current);
    }

    [Fact]
    public async Task A_refused_configuration_reaches_no_part()
    {
        _reloader.LoadFirst();
        await _reloader.ApplyFirstAsync(TestContext.Current.CancellationToken);
        _source.Text = null;

        Assert.StartsWith("couldn't load configuration (test)", await _reloader.ReloadAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Assert.Equal(["1"], _first.Seen);
        Assert.False(_status.Current.Succeeded);
        Assert.Equal(new ConfigError("a.yml", 1, 2, "wrong", null, null), _status.Current.Place);
    }

    [Fact]
    public async Task Every_reload_is_told_to_the_journal_and_the_first_load_is_not()
    {
        _reloader.LoadFirst();
        await _reloader.ApplyFirstAsync(TestContext.Current.CancellationToken);
        Assert.Empty(_journal.Entries);
        await _reloader.ReloadAsync(TestContext.Current.CancellationToken);
        _source.Text = null;
        await _reloader.ReloadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            [(JournalKind.Reloaded, "test", ""), (JournalKind.ReloadFailed, "a.yml", "a.yml:1:2: wrong")],
            _journal.Entries.Select(static entry => (entry.Kind, entry.Subject, entry.Detail)));
    }

    [Fact]
    public void A_refused_first_configuration_ends_the_start_with_upstreams_exit_code()
    {
        _source.Text = null;
        Assert.Equal(2, Assert.Throws<StartException>(_reloader.LoadFirst).ExitCode);
    }

    private sealed class Source : IConfigSource
    {
        public string? Text { get; set; } = "1";

        public string Name => "test";

        public PrometheusConfig Load() =>
            Text is null ? throw new ConfigException([new ConfigError("a.yml", 1, 2, "wrong", null, null)]) : new PrometheusConfig { CanonicalText = Text };

        public IReadOnlyList<string> Files(PrometheusConfig current) => [];
    }

    private sealed class Part(string name) : IConfigured
    {
        public List<string> Seen { get; } = [];

        public string? Refuses { get; set; }

        public string Name => name;

        public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
        {
            if (config.CanonicalText == Refuses)
            {
                throw new InvalidOperationException("no room");
            }

            Seen.Add(config.CanonicalText);
            return Task.CompletedTask;
        }
    }
}
