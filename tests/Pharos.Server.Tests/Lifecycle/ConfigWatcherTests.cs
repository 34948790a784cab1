using Microsoft.Extensions.Logging.Abstractions;
using Pharos.Server.Configuration;
using Pharos.Server.Lifecycle;
using Pharos.Server.Tests.Journal;
using Pharos.Testing;

namespace Pharos.Server.Tests.Lifecycle;

public sealed class ConfigWatcherTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_change_is_taken_up_at_the_next_look_and_a_bad_file_is_tried_once()
    {
        using var folder = new TempFolder();
        string file = folder.Write("p.yml", "global: {scrape_interval: 10s}\n");
        var clock = new ManualTimeProvider();
        var part = new Part();
        var status = new ReloadStatus();
        using var reloader = new ConfigReloader(new FileConfigSource(file), [part], status, new RecordedJournal(), clock, NullLogger<ConfigReloader>.Instance);
        reloader.LoadFirst();
        await reloader.ApplyFirstAsync(TestContext.Current.CancellationToken);
        await using var watcher = new ConfigWatcher(reloader, Interval, clock, NullLogger<ConfigWatcher>.Instance);
        watcher.Start();

        clock.Advance(Interval);
        folder.Write("p.yml", "global: {scrape_interval: 20s}\n");
        clock.Advance(Interval);
        await Wait.UntilAsync(() => part.Applied == 2, "the change to be taken up");

        folder.Write("p.yml", "global: {nosuch: 20s}\n");
        clock.Advance(Interval);
        await Wait.UntilAsync(() => !status.Current.Succeeded, "the bad file to be refused");
        Assert.Equal(2, part.Applied);
    }

    private sealed class Part : IConfigured
    {
        private int _applied;

        public int Applied => Volatile.Read(ref _applied);

        public string Name => "part";

        public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _applied);
            return Task.CompletedTask;
        }
    }
}
