using System.Text.Json;
using Pharos.Core.Contracts;
using Pharos.Testing;

namespace Pharos.State.Tests;

/// <summary>Several stores over one folder stand for several processes: they share nothing but the files.</summary>
public sealed class FileDocumentStoreContentionTests : IDisposable
{
    private const int Writers = 4;
    private const int WritesEach = 25;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_increment_is_lost_between_writers()
    {
        var versions = new List<long>();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => IncrementAsync(versions), Cancellation)));
        using FileDocumentStore store = Open();
        Document? document = await store.ReadAsync("counter", "c", Cancellation);
        Assert.Equal(Writers * WritesEach, document!.Content.GetProperty("n").GetInt32());
        Assert.Equal(Writers * WritesEach, versions.Distinct().Count());
        Assert.Equal(versions.Max(), document.Version);
    }

    [Fact]
    public async Task A_reader_never_sees_half_of_a_document()
    {
        using FileDocumentStore writer = Open();
        using var reader = new FileDocumentStore(_folder.Path, TimeProvider.System, new FileDocumentStoreOptions { RefreshInterval = TimeSpan.Zero });
        using var done = new CancellationTokenSource();
        Task reading = Task.Run(
            async () =>
            {
                while (!done.IsCancellationRequested)
                {
                    Assert.Empty((await reader.ListAsync("counter", Cancellation)).Unreadable);
                }
            },
            Cancellation);

        for (int i = 0; i < 100; i++)
        {
            await writer.WriteAsync("counter", "c", Json($$"""{"n":{{i}},"pad":"{{new string('x', i * 100)}}"}"""), DocumentVersion.Any, Cancellation);
        }

        await done.CancelAsync();
        await reading;
    }

    [Fact]
    public async Task A_lock_that_somebody_keeps_is_an_error_that_names_it()
    {
        using FileDocumentStore store = Open();
        await store.WriteAsync("counter", "c", Json("{}"), DocumentVersion.Absent, Cancellation);
        using FolderLock other = await FolderLock.AcquireAsync(_folder.File("counter"), TimeSpan.Zero, TimeProvider.System, Cancellation);
        using var impatient = new FileDocumentStore(_folder.Path, TimeProvider.System, new FileDocumentStoreOptions { LockTimeout = TimeSpan.Zero });
        DocumentStoreException exception = await Assert.ThrowsAsync<DocumentStoreException>(
            async () => await impatient.WriteAsync("counter", "c", Json("{}"), DocumentVersion.Any, Cancellation));
        Assert.Contains(".lock", exception.Message);
        Assert.NotNull(await impatient.ReadAsync("counter", "c", Cancellation));
    }

    [Fact]
    public async Task Waiting_for_the_lock_can_be_given_up()
    {
        using FileDocumentStore store = Open();
        await store.WriteAsync("counter", "c", Json("{}"), DocumentVersion.Absent, Cancellation);
        using FolderLock other = await FolderLock.AcquireAsync(_folder.File("counter"), TimeSpan.Zero, TimeProvider.System, Cancellation);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        ValueTask<Document> write = store.WriteAsync("counter", "c", Json("{}"), DocumentVersion.Any, cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await write);
    }

    private async Task IncrementAsync(List<long> versions)
    {
        using FileDocumentStore store = Open();
        for (int i = 0; i < WritesEach;)
        {
            Document? before = await store.ReadAsync("counter", "c", Cancellation);
            int n = before?.Content.GetProperty("n").GetInt32() ?? 0;
            try
            {
                Document after = await store.WriteAsync("counter", "c", Json($$"""{"n":{{n + 1}}}"""), before?.Version ?? DocumentVersion.Absent, Cancellation);
                lock (versions)
                {
                    versions.Add(after.Version);
                }

                i++;
            }
            catch (DocumentConflictException)
            {
                // Somebody was faster; the store has looked at the disk by now, so the next reading is fresh.
            }
        }
    }

    private FileDocumentStore Open() => new(_folder.Path, TimeProvider.System);

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
