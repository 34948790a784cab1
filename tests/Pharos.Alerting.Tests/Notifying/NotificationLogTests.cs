using Pharos.Alerting.Notifying;
using Pharos.Core.Labels;
using Pharos.Testing;

namespace Pharos.Alerting.Tests.Notifying;

public sealed class NotificationLogTests : IDisposable
{
    private static readonly NotificationKey Key = new("{}:{alertname=\"Down\"}", "team", "slack", 1);
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private NotificationLog _log;

    public NotificationLogTests()
    {
        _log = Open();
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_told_is_known_after_a_restart_to_the_last_digit()
    {
        SentMessage message = Message();
        await _log.RecordAsync(Key, new HashSet<ulong> { ulong.MaxValue, 1 }, new HashSet<ulong> { 2 }, TimeSpan.FromHours(4), message);
        Reopen();
        NotificationEntry entry = _log.Find(Key)!;
        Assert.True(entry.Firing.SetEquals([ulong.MaxValue, 1]));
        Assert.True(entry.Resolved.SetEquals([2]));
        Assert.Equal(Now, entry.Time);
        SentMessage read = Assert.Single(_log.Sent.Newest(10));
        Assert.Equal(message.Alerts, read.Alerts);
        Assert.Equal(message with { Alerts = [] }, read with { Alerts = [] });
    }

    [Fact]
    public async Task The_last_entry_of_a_key_counts()
    {
        await RecordAsync(1);
        await RecordAsync(2);
        Reopen();
        Assert.True(_log.Find(Key)!.Firing.SetEquals([2]));
        Assert.Equal(1, _log.Count);
    }

    [Fact]
    public async Task An_entry_is_forgotten_after_twice_the_repeat_interval()
    {
        await RecordAsync(1);
        _clock.Advance(TimeSpan.FromHours(8) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(_log.Find(Key));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_log.Find(Key));
        await _log.CollectAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _log.Count);
    }

    [Fact]
    public async Task A_rewritten_file_says_the_same_in_less()
    {
        // More than the megabyte below which nothing is rewritten.
        HashSet<ulong> many = [.. Enumerable.Range(0, 20_000).Select(static i => ulong.MaxValue - (ulong)i)];
        for (int i = 0; i < 3; i++)
        {
            await _log.RecordAsync(Key, many, new HashSet<ulong>(), TimeSpan.FromHours(4), Message());
        }

        long before = _log.FileBytes;
        await _log.CollectAsync(TestContext.Current.CancellationToken);
        Assert.InRange(_log.FileBytes, 1, (before / 2) - 1);
        Reopen();
        Assert.True(_log.Find(Key)!.Firing.SetEquals(many));
        Assert.Equal(3, _log.Sent.Newest(10).Count);
    }

    [Fact]
    public void The_log_of_messages_keeps_the_newest_within_both_bounds()
    {
        var sent = new SentLog(maxMessages: 3, maxAlerts: 4);
        foreach (int time in (int[])[1, 3, 2, 4])
        {
            sent.Add(Message() with { Time = time });
        }

        // Two alerts each: the bound of alerts leaves two.
        Assert.Equal([4, 3], sent.Newest(10).Select(static message => message.Time));
        Assert.Equal([4], sent.Of(7, 1).Select(static message => message.Time));
        Assert.Empty(sent.Of(9, 10));
    }

    private Task RecordAsync(ulong firing) => _log.RecordAsync(Key, new HashSet<ulong> { firing }, new HashSet<ulong>(), TimeSpan.FromHours(4), null);

    private void Reopen()
    {
        _log.Dispose();
        _log = Open();
    }

    private NotificationLog Open() => NotificationLog.Open(_folder.File("nflog"), _clock, TimeSpan.FromHours(120), out _);

    private SentMessage Message() => new(
        Now,
        Key,
        Labels.Of("alertname", "Down"),
        [new SentAlert(7, Labels.Of("alertname", "Down", "instance", "a"), false), new SentAlert(8, Labels.Of("alertname", "Down", "instance", "b"), true)],
        2,
        false,
        TimeSpan.FromMilliseconds(120),
        2,
        "");
}
