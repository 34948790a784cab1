using Pharos.Core.Contracts;
using Pharos.Core.Samples;
using Pharos.Storage.Head;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Metadata;

/// <summary>Writes what belongs to series and is not a sample to the log: exemplars and metadata. Usable from any thread.</summary>
internal sealed class AnnotationLog
{
    private readonly HeadMemory _memory;
    private readonly SeriesLog _log;
    private readonly WalCompression _compression;

    public AnnotationLog(HeadMemory memory, SeriesLog log, WalCompression compression)
    {
        _memory = memory;
        _log = log;
        _compression = compression;
    }

    /// <summary>
    /// Logs exemplars that were stored. A log that cannot be written is no failure here: exemplars may be lost, nothing was promised, and the log counts it.
    /// </summary>
    public void Write(List<SeriesExemplar> exemplars)
    {
        if (exemplars.Count == 0)
        {
            return;
        }

        var scratch = new CommitScratch(_compression);
        ExemplarRecord.Encode(exemplars.ToArray(), scratch.Record);
        try
        {
            Write(scratch);
        }
        catch (StorageUnavailableException)
        {
            // Counted where it happened.
        }
    }

    /// <summary>Logs what the store does not have yet and keeps it there. Returns how many entries name a series that the head does not hold.</summary>
    /// <exception cref="StorageUnavailableException">The log cannot be written.</exception>
    public int Write(ReadOnlySpan<SeriesMetadata> metadata, SeriesMetadataStore store)
    {
        int unknown = 0;
        var changed = new List<SeriesMetadata>();
        foreach (SeriesMetadata entry in metadata)
        {
            if (!IsHeld(entry.Series))
            {
                unknown++;
            }
            else if (store.Set(entry))
            {
                changed.Add(entry);
            }
        }

        if (changed.Count > 0)
        {
            var scratch = new CommitScratch(_compression);
            MetadataRecord.Encode(changed.ToArray(), scratch.Record);
            try
            {
                Write(scratch);
            }
            catch (StorageUnavailableException)
            {
                // Not logged: new again the next time.
                store.Remove(changed.Select(static entry => (uint)entry.Series.Value));
                throw;
            }
        }

        return unknown;
    }

    private unsafe bool IsHeld(SeriesRef series) =>
        series.Value - 1 < _memory.Series.LastReference && _memory.Series.Lines[series.Value].IsAlive;

    private void Write(CommitScratch scratch)
    {
        ReadOnlySpan<byte> record = scratch.Compress(out WalCompression used);
        lock (_memory.Commit)
        {
            _log.Write(record, used, _memory.MaxTime);
        }
    }
}
