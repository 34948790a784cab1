using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Storage.Exemplars;
using Pharos.Storage.Head;
using Pharos.Storage.HeadChunks;
using Pharos.Storage.Metadata;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Snapshots;

/// <summary>Fills the head from a snapshot. What is wrong with one makes it useless and nothing worse: the log has everything.</summary>
internal sealed class HeadSnapshotReader
{
    private readonly string _path;
    private readonly List<SeriesMetadata> _metadata;

    private HeadSnapshotReader(string path, SnapshotSeal seal, List<SeriesMetadata> metadata)
    {
        _path = path;
        Seal = seal;
        _metadata = metadata;
    }

    public SnapshotSeal Seal { get; }

    /// <summary>Series that were read.</summary>
    public long Series { get; private set; }

    /// <summary>The newest snapshot, when the log and the files of head chunks are those that it was made beside; else null.</summary>
    public static HeadSnapshotReader? Find(string folder, string walFolder, int checkpoint, int lastSegment, ClosedChunks chunks)
    {
        List<int> segments = SnapshotFolders.List(folder);
        if (segments.Count == 0 || segments[^1] <= checkpoint || segments[^1] > lastSegment)
        {
            return null;
        }

        string path = SnapshotFolders.Path(folder, segments[^1]);
        var metadata = new List<SeriesMetadata>();
        SnapshotSeal? seal = ReadSeal(SnapshotFolders.SealPath(path), metadata);
        if (seal is null || seal.Segment != segments[^1])
        {
            return null;
        }

        return IsOfThisLog(seal, walFolder, checkpoint) && HasItsChunks(seal, chunks) ? new HeadSnapshotReader(path, seal, metadata) : null;
    }

    /// <summary>Takes the snapshot in.</summary>
    /// <exception cref="SnapshotException">It is damaged: the head is half filled, and of no use.</exception>
    public void Read(HeadReplay replay, ExemplarStore exemplars, SeriesMetadataStore metadata)
    {
        try
        {
            ReadRecords(replay, exemplars);
        }
        catch (CorruptionException e)
        {
            throw new SnapshotException(e);
        }

        foreach (SeriesMetadata entry in _metadata)
        {
            metadata.Set(entry);
        }
    }

    // The segment before is as it was, or the newest checkpoint stands for it.
    private static bool IsOfThisLog(SnapshotSeal seal, string walFolder, int checkpoint)
    {
        (long length, uint checksum) = SnapshotSeal.Look(WalSegments.Path(walFolder, seal.Segment - 1));
        return length == -1 ? seal.LogLength == -1 || seal.Segment - 1 == checkpoint : length == seal.LogLength && checksum == seal.LogChecksum;
    }

    // The files that it was made beside are there at least as far, unless all of them went because their time was over: then there are newer ones.
    private static bool HasItsChunks(SnapshotSeal seal, ClosedChunks chunks) =>
        seal.ChunkFile == 0
        || chunks.LastFile > seal.ChunkFile
        || (chunks.LastFile == seal.ChunkFile && chunks.EndOf(seal.ChunkFile) >= seal.ChunkFileEnd);

    private void ReadRecords(HeadReplay replay, ExemplarStore exemplars)
    {
        replay.BeginSnapshot(Seal.LastReference, Seal.OtherReferences, Seal.NewestTimes);
        var found = new List<SeriesExemplar>();
        bool isWhole = false;
        ForEachRecord(_path, (record, file, offset) =>
        {
            switch ((SnapshotKind)record[0])
            {
                case SnapshotKind.Series:
                    replay.ApplySnapshotSeries(record[1..], file, offset);
                    Series++;
                    break;
                case SnapshotKind.Tombstones:
                    var reader = new RecordReader(record[1..]);
                    replay.ApplySnapshotTombstones(reader.ReadField(), file, offset);
                    isWhole = true;
                    break;
                case SnapshotKind.Exemplars when ExemplarRecord.TryDecode(record, found):
                    exemplars.Append(CollectionsMarshal.AsSpan(found)); // nobody changes the list meanwhile
                    found.Clear();
                    break;
                default:
                    throw new CorruptionException(file, offset, "a record of a snapshot that means nothing");
            }
        });
        if (!isWhole)
        {
            throw new CorruptionException(_path, 0, "the snapshot ends before its series do");
        }
    }

    private static SnapshotSeal? ReadSeal(string path, List<SeriesMetadata> metadata)
    {
        SnapshotSeal? seal = null;
        bool isGood = Directory.Exists(path);
        try
        {
            ForEachRecord(path, (record, _, _) =>
            {
                if (seal is null)
                {
                    seal = SnapshotSeal.TryDecode(record);
                    isGood &= seal is not null;
                }
                else
                {
                    isGood &= MetadataRecord.TryDecode(record, metadata);
                }
            });
        }
        catch (CorruptionException)
        {
            return null;
        }

        return isGood ? seal : null;
    }

    private static void ForEachRecord(string path, RecordAction action)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        var reader = new LogReader([.. WalSegments.List(path).Select(segment => WalSegments.Path(path, segment))]);
        reader.ReadAll(new RecordBatch(), batch =>
        {
            for (int i = 0; i < batch.Count; i++)
            {
                ReadOnlySpan<byte> record = batch.Get(i, out string file, out long offset);
                if (record.Length > 0)
                {
                    action(record, file, offset);
                }
            }

            batch.Clear();
            return batch;
        });
        if (reader.Damage is { } damage)
        {
            throw new CorruptionException(damage.File, damage.Offset, damage.What);
        }
    }

    private delegate void RecordAction(ReadOnlySpan<byte> record, string file, long offset);
}
