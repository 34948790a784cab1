using Pharos.Storage.Files;
using Pharos.Storage.Wal;

namespace Pharos.Storage;

/// <summary>What a data folder holds, before it is opened.</summary>
internal sealed class DataFolder
{
    private DataFolder(string path)
    {
        Wal = Path.Combine(path, "wal");
        ChunksHead = Path.Combine(path, "chunks_head");
    }

    public string Wal { get; }

    /// <summary>Files of closed head chunks; the folder may be absent.</summary>
    public string ChunksHead { get; }

    /// <summary>Number of the newest checkpoint, or -1.</summary>
    public int Checkpoint { get; private set; } = -1;

    /// <summary>Number of the newest segment, or -1.</summary>
    public int LastSegment { get; private set; } = -1;

    /// <summary>The segments to read, oldest first: those of the checkpoint, then those after it.</summary>
    public List<string> Segments { get; } = [];

    /// <summary>Where the segments of the log proper begin in <see cref="Segments"/>.</summary>
    public int FirstLogSegment { get; private set; }

    /// <summary>Looks, and makes the folder of the log where it is absent.</summary>
    /// <exception cref="DataFolderException">The folder has history that this version cannot read: it is not hidden but refused.</exception>
    /// <exception cref="CorruptionException">Segments of the log are missing.</exception>
    public static DataFolder Inspect(string path, IStoreFiles files)
    {
        var folder = new DataFolder(path);
        files.CreateFolder(folder.Wal);
        files.SyncFolder(path);
        foreach (string temporary in Directory.GetDirectories(folder.Wal, "checkpoint.*.tmp"))
        {
            files.DeleteFolder(temporary);
        }

        folder.List();
        return folder;
    }

    /// <summary>The segments of the log from this one on.</summary>
    public List<string> SegmentsFrom(int segment)
    {
        int count = Math.Min(Segments.Count - FirstLogSegment, LastSegment - segment + 1);
        return Segments.GetRange(Segments.Count - count, count);
    }

    private void List()
    {
        List<int> checkpoints = WalSegments.ListCheckpoints(Wal);
        if (checkpoints.Count > 0)
        {
            Checkpoint = checkpoints[^1];
            string folder = WalSegments.CheckpointPath(Wal, Checkpoint);
            AddSequence(folder, WalSegments.List(folder));
        }

        FirstLogSegment = Segments.Count;
        List<int> segments = WalSegments.List(Wal);
        LastSegment = segments.Count > 0 ? segments[^1] : -1;
        segments.RemoveAll(segment => segment <= Checkpoint);
        if (segments.Count > 0 && Checkpoint >= 0 && segments[0] != Checkpoint + 1)
        {
            throw new CorruptionException(WalSegments.Path(Wal, Checkpoint + 1), 0, "the segment after the checkpoint is missing");
        }

        AddSequence(Wal, segments);
    }

    private void AddSequence(string folder, List<int> segments)
    {
        WalSegments.CheckContiguous(folder, segments);
        foreach (int segment in segments)
        {
            Segments.Add(WalSegments.Path(folder, segment));
        }
    }
}
