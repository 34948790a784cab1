using Microsoft.Extensions.Logging.Abstractions;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Server.Journal;
using Pharos.Testing;

namespace Pharos.Server.Tests.Journal;

public sealed class FileJournalTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();

    private string Path => _folder.File("data/state/journal.ndjson");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_recorded_is_read_newest_first_and_survives_a_restart()
    {
        JournalEntry firing = new(Now(2), JournalKind.AlertFiring, "FlaskAppDown", "postgres is \"gone\"\n", Labels.Of("alertname", "FlaskAppDown", "é", "ü"));
        JournalEntry silenced = new(Now(3), JournalKind.SilenceCreated, "FlaskAppDown", "", Labels.Empty, "ann");
        await using (FileJournal journal = Open())
        {
            journal.Record(new JournalEntry(Now(1), JournalKind.Started, "Pharos", "1", Labels.Empty));
            journal.Record(silenced);
            journal.Record(firing);
            Assert.Equal([silenced, firing], journal.Read(Now(2), Now(3), 10));
            Assert.Equal([silenced], journal.Read(0, long.MaxValue, 1));
            Assert.Empty(journal.Read(0, long.MaxValue, 0));
        }

        await using FileJournal next = Open();
        Assert.Equal([silenced, firing], next.Read(Now(2), Now(3), 10));
        Assert.Equal(3, next.Count);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public async Task Entries_of_one_time_are_read_in_the_reverse_order_of_their_recording()
    {
        await using FileJournal journal = Open();
        foreach (JournalKind kind in (JournalKind[])[JournalKind.TargetDown, JournalKind.AlertPending, JournalKind.TargetUp])
        {
            journal.Record(new JournalEntry(Now(1), kind, "a", "", Labels.Empty));
        }

        Assert.Equal(
            [JournalKind.TargetUp, JournalKind.AlertPending, JournalKind.TargetDown],
            journal.Read(0, long.MaxValue, 10).Select(static entry => entry.Kind));
    }

    [Theory]
    [InlineData("{\"time\":1")]
    [InlineData("{\"time\":1,\"kind\":\"Started\",\"subject\":\"torn\"}")]
    [InlineData("\0\0\0\0")]
    public async Task A_torn_end_is_cut_off_and_the_next_line_is_whole(string torn)
    {
        await using (FileJournal journal = Open())
        {
            journal.Record(new JournalEntry(Now(1), JournalKind.Reloaded, "a.yml", "", Labels.Empty));
        }

        await File.AppendAllTextAsync(Path, torn, TestContext.Current.CancellationToken);
        await using (FileJournal journal = Open())
        {
            Assert.Equal(1, journal.Count);
            journal.Record(new JournalEntry(Now(2), JournalKind.Reloaded, "b.yml", "", Labels.Empty));
        }

        string[] lines = await File.ReadAllLinesAsync(Path, TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.Contains("b.yml", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"time\":\"1\",\"kind\":\"Started\"}")]
    [InlineData("{\"time\":1e99,\"kind\":\"Started\"}")]
    [InlineData("{\"time\":1,\"kind\":\"FromTheFuture\",\"subject\":\"a\"}")]
    [InlineData("{\"time\":1,\"kind\":\"3\",\"subject\":\"a\"}X")]
    [InlineData("{\"time\":1,\"kind\":\"Started\",\"subject\":\"a\",\"labels\":{\"a\":1}}")]
    public async Task A_line_that_is_no_entry_hides_nothing_else(string line)
    {
        _folder.Write("data/state/journal.ndjson", $"{line}\n{{\"time\":{Now(1)},\"kind\":\"Started\",\"subject\":\"Pharos\"}}\n");
        await using FileJournal journal = Open();
        Assert.Equal("Pharos", Assert.Single(journal.Read(0, long.MaxValue, 10)).Subject);
    }

    [Fact]
    public async Task What_is_too_old_is_not_taken_up()
    {
        await using (FileJournal journal = Open())
        {
            journal.Record(new JournalEntry(Now(0), JournalKind.Started, "old", "", Labels.Empty));
            journal.Record(new JournalEntry(Now(TimeSpan.FromDays(2).TotalSeconds), JournalKind.Started, "new", "", Labels.Empty));
        }

        _clock.Advance(TimeSpan.FromDays(31));
        await using FileJournal next = Open();
        Assert.Equal("new", Assert.Single(next.Read(0, long.MaxValue, 10)).Subject);
    }

    [Fact]
    public async Task A_storm_of_one_kind_pushes_out_its_own_and_nothing_else()
    {
        await using FileJournal journal = Open(new JournalOptions { MaxEntries = 20 });
        journal.Record(new JournalEntry(Now(0), JournalKind.Deployed, "flask-app", "1.8.2 → 1.8.3", Labels.Empty));
        for (int i = 0; i < 1000; i++)
        {
            journal.Record(new JournalEntry(Now(i), JournalKind.AlertFiring, $"{i}", "", Labels.Empty));
        }

        IReadOnlyList<JournalEntry> kept = journal.Read(0, long.MaxValue, 1000);
        Assert.Equal(20, kept.Count);
        Assert.Equal("999", kept[0].Subject);
        Assert.Equal("flask-app", kept[^1].Subject);
    }

    [Fact]
    public async Task The_file_is_rewritten_when_it_grows_too_long()
    {
        var options = new JournalOptions { MaxEntries = 10, MaxFileBytes = 4000, MaxWaiting = 100_000 };
        await using (FileJournal journal = Open(options))
        {
            for (int i = 0; i < 50_000; i++)
            {
                journal.Record(new JournalEntry(Now(i), JournalKind.TargetDown, $"host-{i}", "", Labels.Empty));
            }
        }

        Assert.InRange(new FileInfo(Path).Length, 1, 300_000);
        Assert.False(File.Exists(Path + ".tmp"));
        await using FileJournal next = Open(options);
        Assert.Equal(10, next.Count);
        Assert.Equal("host-49999", next.Read(0, long.MaxValue, 1)[0].Subject);
    }

    [Fact]
    public async Task Texts_are_cut_at_their_bound()
    {
        await using FileJournal journal = Open();
        Labels many = Labels.Of("a", new string('x', 9000));
        journal.Record(new JournalEntry(Now(1), JournalKind.AlertFiring, new string('s', 511) + "😀", new string('d', 3000), many));
        JournalEntry kept = journal.Read(0, long.MaxValue, 1)[0];
        Assert.Equal(new string('s', 511), kept.Subject);
        Assert.Equal(2000, kept.Detail.Length);
        Assert.Empty(kept.Labels);
    }

    [Fact]
    public async Task A_disk_that_refuses_costs_the_file_and_not_the_journal()
    {
        _folder.Write("data/state", "a file where the folder should be");
        FileJournal journal = Open();
        journal.Record(new JournalEntry(Now(1), JournalKind.Started, "Pharos", "", Labels.Empty));
        Assert.Equal(1, journal.Count);
        await journal.DisposeAsync();
        Assert.Equal(1, journal.NotWritten);
        Assert.Equal(1, journal.Count);
    }

    [Fact]
    public async Task What_is_recorded_before_the_file_is_open_is_written_as_well()
    {
        await using (FileJournal journal = new(Path, _clock, NullLogger<FileJournal>.Instance))
        {
            journal.Record(new JournalEntry(Now(1), JournalKind.Reloaded, "early", "", Labels.Empty));
            Assert.False(File.Exists(Path));
            journal.Open();
        }

        await using FileJournal next = Open();
        Assert.Equal("early", Assert.Single(next.Read(0, long.MaxValue, 10)).Subject);
    }

    private long Now(double seconds) => new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds).ToUnixTimeMilliseconds();

    private FileJournal Open(JournalOptions? options = null)
    {
        var journal = new FileJournal(Path, _clock, NullLogger<FileJournal>.Instance, options);
        journal.Open();
        return journal;
    }
}
