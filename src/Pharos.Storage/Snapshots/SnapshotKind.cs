namespace Pharos.Storage.Snapshots;

/// <summary>First byte of a record in a snapshot. The numbers are upstream's and never change.</summary>
internal enum SnapshotKind : byte
{
    Series = 1,
    Tombstones = 2,
    Exemplars = 3,
}
