using System.Text.Json;
using Pharos.Core.Contracts;

namespace Pharos.Access.Tests;

/// <summary>The contract of the store in memory, for tests of what stands on it.</summary>
internal sealed class MemoryDocumentStore(TimeProvider clock) : IDocumentStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Kind, string Id), Document> _documents = [];
    private long _version;
    private long _revision;

    /// <summary>Makes every call fail with this message; null for none.</summary>
    public string? Failure { get; set; }

    public List<UnreadableDocument> Unreadable { get; } = [];

    public ValueTask<long> GetRevisionAsync(string kind, CancellationToken cancellationToken) => ValueTask.FromResult(Locked(() => _revision));

    public ValueTask<Document?> ReadAsync(string kind, string id, CancellationToken cancellationToken)
        => ValueTask.FromResult(Locked(() => _documents.GetValueOrDefault((kind, id))));

    public ValueTask<DocumentList> ListAsync(string kind, CancellationToken cancellationToken)
        => ValueTask.FromResult(Locked(() => new DocumentList(
            _revision, [.. _documents.Values.Where(document => document.Kind == kind)], [.. Unreadable.Where(document => document.Kind == kind)])));

    public ValueTask<Document> WriteAsync(string kind, string id, JsonElement content, long expectedVersion, CancellationToken cancellationToken)
        => ValueTask.FromResult(Locked(() =>
        {
            Check(kind, id, expectedVersion);
            _revision++;
            return _documents[(kind, id)] = new Document(kind, id, ++_version, clock.GetUtcNow(), content.Clone());
        }));

    public ValueTask<bool> DeleteAsync(string kind, string id, long expectedVersion, CancellationToken cancellationToken)
        => ValueTask.FromResult(Locked(() =>
        {
            Check(kind, id, expectedVersion);
            _revision++;
            return _documents.Remove((kind, id));
        }));

    public void Touch() => Locked(() => _revision++);

    private void Check(string kind, string id, long expectedVersion)
    {
        long found = _documents.GetValueOrDefault((kind, id))?.Version ?? DocumentVersion.Absent;
        if (expectedVersion != DocumentVersion.Any && expectedVersion != found)
        {
            throw new DocumentConflictException($"expected {expectedVersion}, found {found}");
        }
    }

    private T Locked<T>(Func<T> action)
    {
        lock (_lock)
        {
            return Failure is null ? action() : throw new DocumentStoreException(Failure);
        }
    }
}
