namespace Pharos.Storage.Compaction;

/// <summary>Takes from the head what is in blocks. The caller holds the lock of maintenance.</summary>
internal interface IHeadTruncation
{
    /// <summary>Drops what is older from memory.</summary>
    void TruncateMemory(long minTime);

    /// <summary>Drops from the disk what only the head needed and that is older.</summary>
    /// <exception cref="IOException">The log cannot be shortened.</exception>
    void TruncateLog(long minTime);
}
