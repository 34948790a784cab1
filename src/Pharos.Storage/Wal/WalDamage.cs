namespace Pharos.Storage.Wal;

/// <summary>What is wrong with a segment.</summary>
/// <param name="File">Path of the segment.</param>
/// <param name="RecordOffset">Where the damaged record begins; what lies before is whole.</param>
/// <param name="Offset">Where the damage was seen.</param>
/// <param name="What">What was found.</param>
/// <param name="AtEnd">Nothing lies behind the damage: it may be a record that was being written when the process ended.</param>
internal sealed record WalDamage(string File, long RecordOffset, long Offset, string What, bool AtEnd);
