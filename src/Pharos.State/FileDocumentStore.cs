using System.Collections.Concurrent;
using System.Text.Json;
using Pharos.Core.Contracts;

namespace Pharos.State;

/// <summary>
/// One readable JSON file a document, <c>folder/kind/id.json</c>, mode 0600. Documents are kept in memory and files are read again only when
/// they changed. Writers of all processes take turns by a lock on <c>folder/kind/.lock</c>, which the kernel releases when a process dies.
/// Files that begin with a dot, and folders, are no documents.
/// </summary>
public sealed class FileDocumentStore : IDocumentStore, IDisposable
{
    private const int MaxKindLength = 64;
    private const int MaxIdLength = 512;

    private readonly ConcurrentDictionary<string, DocumentFolder> _kinds = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly FileDocumentStoreOptions _options;

    /// <param name="folder">Made with the first document, mode 0700.</param>
    /// <param name="clock">Dates documents and paces the looks at the folder.</param>
    /// <param name="options">The limits.</param>
    public FileDocumentStore(string folder, TimeProvider clock, FileDocumentStoreOptions? options = null)
    {
        _folder = Path.GetFullPath(folder);
        _clock = clock;
        _options = options ?? new FileDocumentStoreOptions();
    }

    /// <inheritdoc/>
    public ValueTask<long> GetRevisionAsync(string kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(FolderOf(kind).Current().Revision);
    }

    /// <inheritdoc/>
    public ValueTask<Document?> ReadAsync(string kind, string id, CancellationToken cancellationToken)
    {
        CheckId(id);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(FolderOf(kind).Current().Find(DocumentFileName.Of(id)));
    }

    /// <inheritdoc/>
    public ValueTask<DocumentList> ListAsync(string kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(FolderOf(kind).Current().ToList());
    }

    /// <inheritdoc/>
    public async ValueTask<Document> WriteAsync(string kind, string id, JsonElement content, long expectedVersion, CancellationToken cancellationToken)
    {
        CheckId(id);
        if (content.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException($"a document is a JSON object, not {content.ValueKind}", nameof(content));
        }

        return await FolderOf(kind).WriteAsync(id, content, expectedVersion, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string kind, string id, long expectedVersion, CancellationToken cancellationToken)
    {
        CheckId(id);
        return await FolderOf(kind).DeleteAsync(id, expectedVersion, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (DocumentFolder folder in _kinds.Values)
        {
            folder.Dispose();
        }
    }

    private DocumentFolder FolderOf(string kind)
    {
        if (_kinds.TryGetValue(kind, out DocumentFolder? folder))
        {
            return folder;
        }

        CheckKind(kind);
        return _kinds.GetOrAdd(kind, name => new DocumentFolder(Path.Combine(_folder, name), name, _clock, _options));
    }

    private static void CheckKind(string kind)
    {
        bool valid = kind.Length is > 0 and <= MaxKindLength && char.IsAsciiLetterLower(kind[0]);
        foreach (char letter in kind)
        {
            valid &= char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-';
        }

        if (!valid)
        {
            throw new ArgumentException($"\"{kind}\" is no kind of documents: expected 1 to {MaxKindLength} of a-z, 0-9 and '-', beginning with a letter", nameof(kind));
        }
    }

    private static void CheckId(string id)
    {
        if (id.Length is 0 or > MaxIdLength)
        {
            throw new ArgumentException($"a document's id has 1 to {MaxIdLength} characters, not {id.Length}", nameof(id));
        }

        for (int i = 0; i < id.Length; i++)
        {
            if (char.IsSurrogate(id[i]) && !(i + 1 < id.Length && char.IsSurrogatePair(id[i], id[++i])))
            {
                throw new ArgumentException("a document's id is text: it has half of a surrogate pair", nameof(id));
            }
        }
    }
}
