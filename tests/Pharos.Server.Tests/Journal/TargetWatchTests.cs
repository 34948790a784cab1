using System.Globalization;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Scrape.Targets;
using Pharos.Server.Journal;
using Pharos.Testing;

namespace Pharos.Server.Tests.Journal;

public sealed class TargetWatchTests
{
    private readonly RecordedJournal _journal = new();
    private readonly TargetWatch _watch;
    private IReadOnlyList<ScrapePoolView> _pools = [];

    public TargetWatchTests()
    {
        _watch = new TargetWatch(() => _pools, _journal, new ManualTimeProvider());
    }

    [Fact]
    public void Going_down_and_coming_back_are_told_once_each()
    {
        foreach (TargetHealth health in (TargetHealth[])[TargetHealth.Up, TargetHealth.Down, TargetHealth.Down, TargetHealth.Up, TargetHealth.Up])
        {
            Look(health);
        }

        Assert.Equal([(JournalKind.TargetDown, "app:0"), (JournalKind.TargetUp, "app:0")], _journal.Entries.Select(static entry => (entry.Kind, entry.Subject)));
        Assert.Equal("connection refused", _journal.Entries[0].Detail);
        Assert.Equal("app", _journal.Entries[0].Labels["job"]);
    }

    [Fact]
    public void A_target_that_never_was_up_or_is_new_tells_nothing()
    {
        Look(TargetHealth.Unknown);
        Look(TargetHealth.Down);
        _pools = [];
        _watch.Look();
        Look(TargetHealth.Up);
        Assert.Empty(_journal.Entries);
    }

    [Fact]
    public void Between_two_loops_of_a_target_what_it_was_before_counts()
    {
        Look(TargetHealth.Up);
        Look(TargetHealth.Unknown);
        Look(TargetHealth.Up);
        Assert.Empty(_journal.Entries);
        Look(TargetHealth.Unknown);
        Look(TargetHealth.Down);
        Assert.Equal(JournalKind.TargetDown, Assert.Single(_journal.Entries).Kind);
    }

    [Fact]
    public void Many_at_once_are_one_entry_of_their_job()
    {
        Look([.. Enumerable.Repeat(TargetHealth.Up, 60)]);
        Look([.. Enumerable.Repeat(TargetHealth.Down, 57), .. Enumerable.Repeat(TargetHealth.Up, 3)]);
        JournalEntry entry = Assert.Single(_journal.Entries);
        Assert.Equal((JournalKind.TargetDown, "app", "57 of 60 targets"), (entry.Kind, entry.Subject, entry.Detail));
    }

    private void Look(params TargetHealth[] health)
    {
        TargetView[] targets = [.. health.Select(static (one, i) => Target(one, i))];
        _pools = [new ScrapePoolView("app", targets, [], 0, 0, 1, 0, [], "", [])];
        _watch.Look();
    }

    private static TargetView Target(TargetHealth health, int number)
    {
        string instance = string.Create(CultureInfo.InvariantCulture, $"app:{number}");
        string error = health == TargetHealth.Down ? "connection refused" : "";
        return new TargetView("app", Labels.Of("job", "app", "instance", instance), Labels.Empty, $"http://{instance}/metrics", error, default, default, health, "15s", "10s");
    }
}
