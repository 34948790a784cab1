using Pharos.Alerting.Matchers;
using Pharos.Alerting.Silencing;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Testing;

namespace Pharos.Alerting.Tests.Silencing;

public sealed class SilenceStoreTests : IDisposable
{
    private const long Hour = 3_600_000;
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly RecordedJournal _journal = new();
    private SilenceStore _store;

    public SilenceStoreTests()
    {
        _store = Open();
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_silence_pends_mutes_and_expires()
    {
        Silence silence = await SetAsync(New(Now + Hour, Now + (2 * Hour)));
        Assert.Equal(SilenceState.Pending, silence.StateAt(Now));
        Assert.Empty(Muting());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([silence.Id], Muting());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(SilenceState.Expired, silence.StateAt(Now));
        Assert.Empty(Muting());
    }

    [Fact]
    public async Task One_that_is_to_begin_in_the_past_begins_now()
    {
        Silence silence = await SetAsync(New(Now - Hour, Now + Hour));
        Assert.Equal(Now, silence.StartsAt);
        Assert.True(Guid.TryParse(silence.Id, out _));
    }

    [Fact]
    public async Task Another_end_or_comment_of_an_active_one_keeps_its_id()
    {
        Silence silence = await SetAsync(New(Now, Now + Hour));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Silence longer = await SetAsync(silence with { EndsAt = Now + (5 * Hour), Comment = "longer" });
        Assert.Equal(silence.Id, longer.Id);
        Assert.Equal("longer", _store.Find(silence.Id)!.Comment);
        Assert.Single(_store.GetAll());
    }

    [Fact]
    public async Task Other_matchers_of_an_active_one_end_it_and_make_another()
    {
        Silence silence = await SetAsync(New(Now, Now + Hour));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Silence other = await SetAsync(silence with { Matchers = [AlertMatcher.Of("alertname", "Up", false, true)] });
        Assert.NotEqual(silence.Id, other.Id);
        Assert.Equal(SilenceState.Expired, _store.Find(silence.Id)!.StateAt(Now));
        Assert.Equal(Now, _store.Find(silence.Id)!.EndsAt);
    }

    [Fact]
    public async Task Another_start_of_an_active_one_makes_another()
    {
        Silence silence = await SetAsync(New(Now, Now + Hour));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(silence.Id, (await SetAsync(silence with { StartsAt = Now + 60_000 })).Id);
    }

    [Fact]
    public async Task A_change_of_an_expired_one_makes_another_and_leaves_it()
    {
        Silence silence = await SetAsync(New(Now, Now + Hour));
        _clock.Advance(TimeSpan.FromHours(2));
        Silence again = await SetAsync(silence with { StartsAt = Now, EndsAt = Now + Hour });
        Assert.NotEqual(silence.Id, again.Id);
        Assert.Equal(silence.EndsAt, _store.Find(silence.Id)!.EndsAt);
    }

    [Fact]
    public async Task A_pending_one_that_is_ended_never_mutes()
    {
        Silence silence = await SetAsync(New(Now + Hour, Now + (2 * Hour)));
        await _store.ExpireAsync(silence.Id, "ann", TestContext.Current.CancellationToken);
        Assert.Equal((Now, Now), (_store.Find(silence.Id)!.StartsAt, _store.Find(silence.Id)!.EndsAt));
        await _store.ExpireAsync(silence.Id, "ann", TestContext.Current.CancellationToken);
        Assert.Equal([JournalKind.SilenceCreated, JournalKind.SilenceExpired], _journal.Entries.Select(static entry => entry.Kind));
        Assert.Equal("ann", _journal.Entries[1].By);
    }

    [Theory]
    [InlineData("", "invalid silence: at least one matcher required")]
    [InlineData("a=", "invalid silence: matcher set 0: at least one matcher must not match the empty string")]
    [InlineData("=b", "invalid silence: invalid label matcher 0 in set 0: invalid label name \"\"")]
    public async Task What_is_not_valid_is_refused_in_upstreams_words(string matchers, string message)
    {
        AlertMatcher[] list = [.. matchers.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static m => AlertMatcher.Of(m.Split('=')[0], m.Split('=')[1], false, true))];
        SilenceException refused = await Assert.ThrowsAsync<SilenceException>(() => SetAsync(New(Now, Now + Hour) with { Matchers = list }));
        Assert.Equal(message, refused.Message);
    }

    [Fact]
    public async Task An_unknown_id_is_not_found()
    {
        Assert.True((await Assert.ThrowsAsync<SilenceException>(() => SetAsync(New(Now, Now + Hour) with { Id = "x" }))).IsNotFound);
        Assert.True((await Assert.ThrowsAsync<SilenceException>(() => _store.ExpireAsync("x", "", TestContext.Current.CancellationToken))).IsNotFound);
    }

    [Fact]
    public async Task The_limits_of_the_flags_hold()
    {
        _store.Dispose();
        _store = Open(new SilenceOptions { MaxSilences = 1, MaxSilenceBytes = 400 });
        Silence first = await SetAsync(New(Now, Now + Hour));
        Assert.Equal("exceeded maximum number of silences: 1 (limit: 1)", (await Assert.ThrowsAsync<SilenceException>(() => SetAsync(New(Now, Now + Hour)))).Message);
        string message = (await Assert.ThrowsAsync<SilenceException>(() => SetAsync(first with { Comment = new string('x', 400) }))).Message;
        Assert.EndsWith("bytes (limit: 400 bytes)", message, StringComparison.Ordinal);
        Assert.Equal(first, _store.Find(first.Id));
    }

    [Fact]
    public async Task All_is_there_after_a_restart()
    {
        AlertMatcher[] matchers = [AlertMatcher.Of("alertname", "Down|Gone", true, true), AlertMatcher.Of("env", "dev", false, false)];
        Silence silence = await SetAsync(New(Now, Now + Hour) with { Matchers = matchers, Annotations = Labels.Of("ticket", "7") });
        Silence ended = await SetAsync(New(Now, Now + Hour));
        await _store.ExpireAsync(ended.Id, "", TestContext.Current.CancellationToken);
        _store.Dispose();
        _store = Open();
        Assert.Equal(2, _store.GetAll().Count);
        Silence read = _store.Find(silence.Id)!;
        Assert.Equal(matchers, read.Matchers);
        Assert.Equal(silence with { Matchers = [] }, read with { Matchers = [] });
        Assert.Equal(SilenceState.Expired, _store.Find(ended.Id)!.StateAt(Now));
    }

    [Fact]
    public async Task What_ended_is_forgotten_after_the_retention_and_the_file_shrinks()
    {
        Silence silence = await SetAsync(New(Now, Now + Hour));
        Silence kept = await SetAsync(New(Now, Now + (1000 * Hour)));
        _clock.Advance(TimeSpan.FromHours(122));
        await _store.CollectAsync(TestContext.Current.CancellationToken);
        Assert.Null(_store.Find(silence.Id));
        _store.Dispose();
        _store = Open();
        Assert.Equal(kept.Id, Assert.Single(_store.GetAll()).Id);
    }

    private SilenceStore Open(SilenceOptions? options = null) => SilenceStore.Open(_folder.File("silences"), _clock, options ?? new SilenceOptions(), _journal, out _);

    private Task<Silence> SetAsync(Silence silence) => _store.SetAsync(silence, "ann", TestContext.Current.CancellationToken);

    private IEnumerable<string> Muting() => _store.FindMuting(Labels.Of("alertname", "Down")).Select(static silence => silence.Id);

    private static Silence New(long startsAt, long endsAt) => new("", [AlertMatcher.Of("alertname", "Down", false, true)], startsAt, endsAt, 0, "ann", "works", Labels.Empty);
}
