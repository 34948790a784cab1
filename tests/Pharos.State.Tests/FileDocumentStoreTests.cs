using System.Text.Json;
using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.State.Tests;

public sealed class FileDocumentStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly FileDocumentStore _store;

    public FileDocumentStoreTests()
    {
        _store = new FileDocumentStore(_folder.File("state"), _clock);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_never_written_is_absent()
    {
        Assert.Null(await _store.ReadAsync("user", "a", Cancellation));
        Assert.Empty((await _store.ListAsync("user", Cancellation)).Documents);
        Assert.False(await _store.DeleteAsync("user", "a", DocumentVersion.Any, Cancellation));
        Assert.False(Directory.Exists(_folder.File("state")));
    }

    [Fact]
    public async Task A_written_document_is_read_by_this_store_and_the_next()
    {
        Document written = await _store.WriteAsync("user", "Ann", Json("""{"a":1}"""), DocumentVersion.Absent, Cancellation);
        Assert.Equal(1, written.Version);
        Assert.Equal(_clock.GetUtcNow(), written.Modified);
        Assert.Same(written, await _store.ReadAsync("user", "Ann", Cancellation));

        using var next = new FileDocumentStore(_folder.File("state"), _clock);
        Document? read = await next.ReadAsync("user", "Ann", Cancellation);
        Assert.Equal(written with { Content = read!.Content }, read);
        Assert.Equal(1, read.Content.GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task Documents_are_listed_by_id()
    {
        foreach (string id in (string[])["c", "B", "a", "é"])
        {
            await _store.WriteAsync("user", id, Json("{}"), DocumentVersion.Absent, Cancellation);
        }

        DocumentList list = await _store.ListAsync("user", Cancellation);
        Assert.Equal(["B", "a", "c", "é"], list.Documents.Select(static document => document.Id));
    }

    [Fact]
    public async Task Files_and_folders_are_readable_by_their_owner_only()
    {
        await _store.WriteAsync("user", "a", Json("{}"), DocumentVersion.Absent, Cancellation);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("a.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf(".lock")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("state/user")));
    }

    [Fact]
    public async Task What_root_makes_belongs_to_the_owner_of_the_data_folder()
    {
        Assert.SkipUnless(FileOwner.IsRoot, "only root gives files away");
        FileOwner.Set(_folder.Path, 4711, 4712);
        await _store.WriteAsync("user", "a", Json("{}"), DocumentVersion.Absent, Cancellation);
        Assert.All(
            (string[])[_folder.File("state"), _folder.File("state/user"), PathOf("a.json"), PathOf(".lock")],
            static path => Assert.Equal((4711u, 4712u), FileOwner.Of(path)));
    }

    [Fact]
    public async Task Only_the_expected_version_is_replaced()
    {
        Document first = await _store.WriteAsync("user", "a", Json("""{"n":1}"""), DocumentVersion.Absent, Cancellation);
        await Assert.ThrowsAsync<DocumentConflictException>(async () => await _store.WriteAsync("user", "a", Json("{}"), DocumentVersion.Absent, Cancellation));
        Document second = await _store.WriteAsync("user", "a", Json("""{"n":2}"""), first.Version, Cancellation);
        await Assert.ThrowsAsync<DocumentConflictException>(async () => await _store.WriteAsync("user", "a", Json("{}"), first.Version, Cancellation));
        await Assert.ThrowsAsync<DocumentConflictException>(async () => await _store.DeleteAsync("user", "a", first.Version, Cancellation));
        await Assert.ThrowsAsync<DocumentConflictException>(async () => await _store.WriteAsync("user", "b", Json("{}"), 7, Cancellation));
        Document third = await _store.WriteAsync("user", "a", Json("""{"n":3}"""), DocumentVersion.Any, Cancellation);
        Assert.True(first.Version < second.Version && second.Version < third.Version);
        Assert.Equal(3, (await _store.ReadAsync("user", "a", Cancellation))!.Content.GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_version_never_comes_back()
    {
        Document first = await _store.WriteAsync("user", "a", Json("{}"), DocumentVersion.Absent, Cancellation);
        Assert.True(await _store.DeleteAsync("user", "a", first.Version, Cancellation));
        using var next = new FileDocumentStore(_folder.File("state"), _clock);
        Document again = await next.WriteAsync("user", "a", Json("{}"), DocumentVersion.Absent, Cancellation);
        Assert.True(again.Version > first.Version);
    }

    [Fact]
    public async Task A_torn_lock_file_loses_no_version_that_is_in_use()
    {
        Document first = await _store.WriteAsync("user", "a", Json("{}"), DocumentVersion.Absent, Cancellation);
        await File.WriteAllTextAsync(PathOf(".lock"), "", Cancellation);
        Document second = await _store.WriteAsync("user", "b", Json("{}"), DocumentVersion.Absent, Cancellation);
        Assert.True(second.Version > first.Version);
    }

    [Fact]
    public async Task The_revision_moves_with_every_change_and_only_then()
    {
        long empty = await _store.GetRevisionAsync("user", Cancellation);
        Document document = await _store.WriteAsync("user", "a", Json("{}"), DocumentVersion.Absent, Cancellation);
        long written = await _store.GetRevisionAsync("user", Cancellation);
        Assert.NotEqual(empty, written);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(written, await _store.GetRevisionAsync("user", Cancellation));
        Assert.Equal(written, (await _store.ListAsync("user", Cancellation)).Revision);
        await _store.DeleteAsync("user", "a", document.Version, Cancellation);
        Assert.NotEqual(written, await _store.GetRevisionAsync("user", Cancellation));
    }

    [Fact]
    public async Task What_another_process_writes_or_removes_is_seen_at_once()
    {
        await _store.WriteAsync("user", "a", Json("""{"n":1}"""), DocumentVersion.Absent, Cancellation);
        Assert.NotNull(await _store.ReadAsync("user", "a", Cancellation));
        using var other = new FileDocumentStore(_folder.File("state"), _clock);
        Document second = await other.WriteAsync("user", "b", Json("{}"), DocumentVersion.Absent, Cancellation);
        NextTick();
        Assert.NotNull(await _store.ReadAsync("user", "b", Cancellation));

        await other.DeleteAsync("user", "b", second.Version, Cancellation);
        NextTick();
        Assert.Null(await _store.ReadAsync("user", "b", Cancellation));

        // The file system's clock ticks every few milliseconds; this test does not wait for it.
        void NextTick() => Directory.SetLastWriteTimeUtc(PathOf(""), Directory.GetLastWriteTimeUtc(PathOf("")).AddSeconds(1));
    }

    [Fact]
    public async Task A_file_that_was_edited_in_place_is_seen_after_a_second()
    {
        await _store.WriteAsync("user", "a", Json("""{"n":1}"""), DocumentVersion.Absent, Cancellation);
        long revision = await _store.GetRevisionAsync("user", Cancellation);
        await EditAsync("a.json", "1\n", "2\n");
        Assert.Equal(revision, await _store.GetRevisionAsync("user", Cancellation));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(revision, await _store.GetRevisionAsync("user", Cancellation));
        Assert.Equal(2, (await _store.ReadAsync("user", "a", Cancellation))!.Content.GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_change_of_equal_length_within_the_same_instant_is_seen()
    {
        await _store.WriteAsync("user", "a", Json("""{"n":1}"""), DocumentVersion.Absent, Cancellation);
        DateTime modified = File.GetLastWriteTimeUtc(PathOf("a.json"));
        var clock = new ManualTimeProvider(modified);
        using var store = new FileDocumentStore(_folder.File("state"), clock);
        Assert.Equal(1, (await store.ReadAsync("user", "a", Cancellation))!.Content.GetProperty("n").GetInt32());
        await EditAsync("a.json", "1\n", "2\n");
        File.SetLastWriteTimeUtc(PathOf("a.json"), modified);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await store.ReadAsync("user", "a", Cancellation))!.Content.GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_broken_file_is_named_and_hides_nothing_else()
    {
        await _store.WriteAsync("user", "good", Json("{}"), DocumentVersion.Absent, Cancellation);
        _folder.Write("state/user/bad.json", "{ \"kind\": ");
        _clock.Advance(TimeSpan.FromSeconds(1));

        DocumentList list = await _store.ListAsync("user", Cancellation);
        Assert.Equal("good", Assert.Single(list.Documents).Id);
        UnreadableDocument unreadable = Assert.Single(list.Unreadable);
        Assert.Equal(PathOf("bad.json"), unreadable.Place);
        Assert.Contains("not valid JSON", unreadable.Reason);
        DocumentUnreadableException exception = await Assert.ThrowsAsync<DocumentUnreadableException>(async () => await _store.ReadAsync("user", "bad", Cancellation));
        Assert.Contains(PathOf("bad.json"), exception.Message);
    }

    [Fact]
    public async Task A_broken_file_is_replaced_and_removed_only_on_demand()
    {
        _folder.Write("state/user/bad.json", "");
        await Assert.ThrowsAsync<DocumentConflictException>(async () => await _store.WriteAsync("user", "bad", Json("{}"), DocumentVersion.Absent, Cancellation));
        await Assert.ThrowsAsync<DocumentConflictException>(async () => await _store.DeleteAsync("user", "bad", 1, Cancellation));
        await _store.WriteAsync("user", "bad", Json("{}"), DocumentVersion.Any, Cancellation);
        Assert.NotNull(await _store.ReadAsync("user", "bad", Cancellation));
        _folder.Write("state/user/worse.json", "");
        Assert.True(await _store.DeleteAsync("user", "worse", DocumentVersion.Any, Cancellation));
    }

    [Fact]
    public async Task A_mended_file_is_taken_up()
    {
        await _store.WriteAsync("user", "a", Json("{}"), DocumentVersion.Absent, Cancellation);
        string content = await File.ReadAllTextAsync(PathOf("a.json"), Cancellation);
        _folder.Write("state/user/a.json", content[..20]);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<DocumentUnreadableException>(async () => await _store.ReadAsync("user", "a", Cancellation));
        _folder.Write("state/user/a.json", content);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await _store.ReadAsync("user", "a", Cancellation));
    }

    [Fact]
    public async Task An_edit_by_hand_is_not_overwritten_by_who_did_not_see_it()
    {
        Document document = await _store.WriteAsync("user", "a", Json("""{"n":1}"""), DocumentVersion.Absent, Cancellation);
        await EditAsync("a.json", "1\n", "2\n");
        await Assert.ThrowsAsync<DocumentConflictException>(async () => await _store.WriteAsync("user", "a", Json("{}"), document.Version, Cancellation));
        Document? now = await _store.ReadAsync("user", "a", Cancellation);
        Assert.Equal(2, now!.Content.GetProperty("n").GetInt32());
        await _store.WriteAsync("user", "a", Json("{}"), now.Version, Cancellation);
    }

    [Fact]
    public async Task A_writer_killed_half_way_leaves_the_old_document_and_no_rubbish()
    {
        await _store.WriteAsync("user", "a", Json("""{"n":1}"""), DocumentVersion.Absent, Cancellation);
        _folder.Write("state/user/.tmp-0123456789abcdef", "{ \"kind\": \"us");
        using var next = new FileDocumentStore(_folder.File("state"), _clock);
        DocumentList list = await next.ListAsync("user", Cancellation);
        Assert.Single(list.Documents);
        Assert.Empty(list.Unreadable);
        await next.WriteAsync("user", "b", Json("{}"), DocumentVersion.Absent, Cancellation);
        Assert.Empty(Directory.GetFiles(_folder.File("state/user"), ".tmp-*"));
    }

    [Fact]
    public async Task Files_that_are_no_documents_are_left_alone()
    {
        _folder.Write("state/user/notes.txt", "mine");
        _folder.Write("state/user/.a.json.swp", "editor");
        _folder.Write("state/user/sub.json/x", "folder");
        DocumentList list = await _store.ListAsync("user", Cancellation);
        Assert.Empty(list.Documents);
        Assert.Empty(list.Unreadable);
    }

    [Fact]
    public async Task Limits_hold_for_what_is_written_and_what_is_found()
    {
        using var small = new FileDocumentStore(_folder.File("state"), _clock, new FileDocumentStoreOptions { MaxDocumentBytes = 400, MaxDocuments = 2 });
        DocumentStoreException size = await Assert.ThrowsAsync<DocumentStoreException>(
            async () => await small.WriteAsync("user", "a", Json($$"""{"x":"{{new string('x', 400)}}"}"""), DocumentVersion.Absent, Cancellation));
        Assert.Contains("over the limit of 400", size.Message);
        Assert.False(File.Exists(PathOf("a.json")));

        _folder.Write("state/user/big.json", new string(' ', 401));
        await small.WriteAsync("user", "a", Json("{}"), DocumentVersion.Absent, Cancellation);
        Assert.Contains("over the limit", Assert.Single((await small.ListAsync("user", Cancellation)).Unreadable).Reason);
        DocumentStoreException count = await Assert.ThrowsAsync<DocumentStoreException>(
            async () => await small.WriteAsync("user", "b", Json("{}"), DocumentVersion.Absent, Cancellation));
        Assert.Contains("which is the limit", count.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("User")]
    [InlineData("../x")]
    [InlineData("1a")]
    [InlineData("a_b")]
    public async Task A_kind_that_is_no_word_is_refused(string kind)
        => await Assert.ThrowsAsync<ArgumentException>(async () => await _store.ListAsync(kind, Cancellation));

    [Fact]
    public async Task An_id_that_is_no_text_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.ReadAsync("user", "", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.ReadAsync("user", new string('a', 513), Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.ReadAsync("user", "a\ud800b", Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.WriteAsync("user", "a", Json("[]"), DocumentVersion.Any, Cancellation));
    }

    [Fact]
    public async Task A_folder_that_is_a_file_is_said()
    {
        _folder.Write("state", "");
        DocumentStoreException exception = await Assert.ThrowsAsync<DocumentStoreException>(
            async () => await _store.WriteAsync("user", "a", Json("{}"), DocumentVersion.Absent, Cancellation));
        Assert.Contains(_folder.File("state"), exception.Message);
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private string PathOf(string fileName) => _folder.File("state/user/" + fileName);

    private async Task EditAsync(string fileName, string oldText, string newText)
    {
        string content = await File.ReadAllTextAsync(PathOf(fileName), Cancellation);
        Assert.Contains(oldText, content);
        await File.WriteAllTextAsync(PathOf(fileName), content.Replace(oldText, newText), Cancellation);
    }
}
