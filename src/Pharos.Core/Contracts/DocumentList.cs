namespace Pharos.Core.Contracts;

/// <summary>All documents of a kind at one moment. Immutable.</summary>
/// <param name="Revision">See <see cref="IDocumentStore.GetRevisionAsync"/>.</param>
/// <param name="Documents">What could be read, by id in ordinal order.</param>
/// <param name="Unreadable">What could not be read: it hides nothing else, and somebody should be told.</param>
public sealed record DocumentList(long Revision, IReadOnlyList<Document> Documents, IReadOnlyList<UnreadableDocument> Unreadable);
