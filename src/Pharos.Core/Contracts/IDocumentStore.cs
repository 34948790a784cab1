using System.Text.Json;

namespace Pharos.Core.Contracts;

/// <summary>
/// Keeps the small documents of the server: users, tokens, later silences and dashboards. Two processes may use one store at once.
/// <para>
/// A kind is a word of the letters a to z, digits and hyphens that begins with a letter, at most 64; an id is any text of 1 to 512 characters
/// without unpaired surrogates, compared ordinally. Anything else is an <see cref="ArgumentException"/>.
/// </para>
/// <para>
/// Atomic is the write or deletion of one document, with its check of the version, against all users of the store: afterwards it is there
/// whole and survives a crash, or nothing has changed. Nothing spans two documents; what must change together belongs into one.
/// </para>
/// All methods may be called from any thread.
/// </summary>
public interface IDocumentStore
{
    /// <summary>
    /// A number that is another one after any document of the kind was written, deleted or changed behind the store's back, seen at the latest one
    /// second later; own writes are seen at once. Compare it for equality only, within one process. Cheap: usually completes at once and without I/O.
    /// </summary>
    ValueTask<long> GetRevisionAsync(string kind, CancellationToken cancellationToken);

    /// <summary>The document, or null. May be up to one second behind another process, and never behind an own write.</summary>
    /// <exception cref="DocumentUnreadableException">It is there and cannot be used.</exception>
    ValueTask<Document?> ReadAsync(string kind, string id, CancellationToken cancellationToken);

    /// <summary>All documents of a kind, as fresh as by <see cref="ReadAsync"/>.</summary>
    ValueTask<DocumentList> ListAsync(string kind, CancellationToken cancellationToken);

    /// <summary>Writes one document; returns it with its new version.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="content">A JSON object.</param>
    /// <param name="expectedVersion">The version that is replaced, or one of <see cref="DocumentVersion"/>; judged against what is stored now.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers; what has begun to be written is finished.</param>
    /// <exception cref="DocumentConflictException">Another version is there.</exception>
    /// <exception cref="DocumentStoreException">It could not be written, or is over a limit.</exception>
    ValueTask<Document> WriteAsync(string kind, string id, JsonElement content, long expectedVersion, CancellationToken cancellationToken);

    /// <summary>Removes one document; false when there was none.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="expectedVersion">The version that is removed, or <see cref="DocumentVersion.Any"/>.</param>
    /// <param name="cancellationToken">Ends the waiting for other writers.</param>
    /// <exception cref="DocumentConflictException">Another version is there.</exception>
    /// <exception cref="DocumentStoreException">It could not be removed.</exception>
    ValueTask<bool> DeleteAsync(string kind, string id, long expectedVersion, CancellationToken cancellationToken);
}
