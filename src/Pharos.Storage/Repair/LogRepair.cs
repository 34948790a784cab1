using System.Globalization;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Repair;

/// <summary>
/// Mends a log (the write-ahead log, its checkpoints, the log of out-of-order samples): a damaged segment is written anew with the records of it that are whole, a missing one
/// is put there empty. What that means is in docs/decisions/0056-what-repair-keeps.md.
/// </summary>
internal sealed class LogRepair
{
    private const int MinSegmentBytes = 2 * WalFormat.PageBytes;
    private readonly RepairJournal _journal;

    public LogRepair(RepairJournal journal)
    {
        _journal = journal;
    }

    /// <summary>Looks through the segments of a folder and the checkpoints in it.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public void Run(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        List<int> checkpoints = WalSegments.ListCheckpoints(folder);
        int newest = checkpoints.Count > 0 ? checkpoints[^1] : -1;
        if (newest >= 0)
        {
            string checkpoint = WalSegments.CheckpointPath(folder, newest);
            RunSegments(checkpoint, WalSegments.List(checkpoint), isComplete: true, cancellationToken);
        }

        // What the checkpoint stands for is not read any more.
        List<int> segments = WalSegments.List(folder);
        segments.RemoveAll(segment => segment <= newest);
        if (newest >= 0 && segments.Count > 0)
        {
            FillGap(folder, newest, segments[0]);
        }

        RunSegments(folder, segments, isComplete: false, cancellationToken);
    }

    private void RunSegments(string folder, List<int> segments, bool isComplete, CancellationToken cancellationToken)
    {
        for (int i = 0; i < segments.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (i > 0)
            {
                FillGap(folder, segments[i - 1], segments[i]);
            }

            string path = WalSegments.Path(folder, segments[i]);
            if (FindDamage(path) is { } damage && (isComplete || !(damage.AtEnd && i == segments.Count - 1)))
            {
                Mend(path, folder, segments[i]);
            }
        }
    }

    // A record torn at the very end of the log is what a killed process leaves behind: opening cuts it off.
    private static WalDamage? FindDamage(string path)
    {
        using var reader = new SegmentReader(path);
        var content = new RecordBuffer();
        while (reader.TryRead(out ReadOnlySpan<byte> record, out byte flags))
        {
            content.Clear();
            if (RecordCompressor.Decompress(record, flags, content) is { } what)
            {
                return new WalDamage(path, reader.RecordOffset, reader.RecordOffset, what, AtEnd: false);
            }
        }

        return reader.Damage;
    }

    private void FillGap(string folder, int before, int after)
    {
        for (int missing = before + 1; missing < after; missing++)
        {
            string path = WalSegments.Path(folder, missing);
            _journal.Add(path, 0, "the segment is missing", "an empty segment takes its place, so that what follows can be read; what it held is lost");
            if (!_journal.IsDryRun)
            {
                _journal.Files.Create(path).Dispose();
                _journal.Files.SyncFolder(folder);
            }
        }
    }

    private void Mend(string path, string folder, int segment)
    {
        using var salvaged = new SalvagedSegment(path);
        string made = WalSegments.Path(_journal.Workshop, segment);
        if (_journal.IsDryRun)
        {
            while (salvaged.TryRead(out _, out _))
            {
                // Counted only.
            }
        }
        else
        {
            Write(salvaged, segment, new FileInfo(path).Length);
        }

        _journal.Add(path, salvaged.FirstOffset, salvaged.FirstDamage, string.Create(
            CultureInfo.InvariantCulture,
            $"written anew with its {salvaged.Records} whole records; {salvaged.BytesLost} bytes at {salvaged.Damages} places are lost; the damaged segment goes to {_journal.Name}/{_journal.Short(path)}"));
        if (!_journal.IsDryRun)
        {
            _journal.SetAside(path);
            _journal.PutInPlace(made, WalSegments.Path(folder, segment));
        }
    }

    private void Write(SalvagedSegment salvaged, int segment, long length)
    {
        _journal.Files.CreateFolder(_journal.Workshop);
        Exception? failure = null;

        // Fewer records than before take no more room.
        long pages = (length / WalFormat.PageBytes) + 1;
        int segmentBytes = (int)Math.Min(Math.Max(MinSegmentBytes, pages * WalFormat.PageBytes), int.MaxValue / WalFormat.PageBytes * WalFormat.PageBytes);
        using (var writer = new WalWriter(_journal.Workshop, _journal.Files, segment, segmentBytes, (_, e) => failure = e))
        {
            while (salvaged.TryRead(out ReadOnlySpan<byte> record, out byte flags))
            {
                writer.Add(record, (flags & WalFormat.SnappyFlag) != 0 ? WalCompression.Snappy : (flags & WalFormat.ZstdFlag) != 0 ? WalCompression.Zstd : WalCompression.None);
                writer.Commit();
            }
        }

        if (failure is not null)
        {
            throw new IOException($"{_journal.Workshop} could not be forced to disk: {failure.Message}", failure);
        }
    }
}
