using System.Text.Json;

namespace Pharos.Core.Contracts;

/// <summary>One stored document. Immutable.</summary>
/// <param name="Kind">What it is, see <see cref="IDocumentStore"/>.</param>
/// <param name="Id">Its name within the kind.</param>
/// <param name="Version">Grows with every write of its kind and is never given twice within a kind, also not after a deletion.</param>
/// <param name="Modified">When it was written, UTC.</param>
/// <param name="Content">A JSON object that belongs to nobody's buffer: it may be kept.</param>
public sealed record Document(string Kind, string Id, long Version, DateTimeOffset Modified, JsonElement Content);
