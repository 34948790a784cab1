namespace Pharos.Storage.Snapshots;

/// <summary>A snapshot that was to be used is damaged: the store is to be opened without it.</summary>
internal sealed class SnapshotException(CorruptionException inner) : Exception(inner.Message, inner);
