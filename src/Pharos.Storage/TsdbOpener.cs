using System.Globalization;
using System.Runtime.InteropServices;
using Pharos.Core.Hashing;
using Pharos.Storage.Blocks;
using Pharos.Storage.Exemplars;
using Pharos.Storage.Files;
using Pharos.Storage.Head;
using Pharos.Storage.HeadChunks;
using Pharos.Storage.Metadata;
using Pharos.Storage.Snapshots;
using Pharos.Storage.Wal;

namespace Pharos.Storage;

/// <summary>Opens a folder: opens its blocks, reads the log into a head, mends its end, and begins a new segment.</summary>
internal static class TsdbOpener
{
    /// <summary>The parts of an open store.</summary>
    public sealed record Parts(
        DataFolder Folder,
        BlockList Blocks,
        HeadMemory Memory,
        SeriesLog Log,
        OutOfOrderLog OutOfOrderLog,
        ChunkFileWriter ChunkWriter,
        HeadCounters Counters,
        HeadTruncation Truncation,
        ExemplarStore Exemplars,
        SeriesMetadataStore Metadata,
        HeadSnapshotWriter Snapshots);

    public static Parts Open(TsdbOptions options, IStoreFiles files, CancellationToken cancellationToken)
    {
        try
        {
            return Open(options, files, options.HeadSnapshots, cancellationToken);
        }
        catch (SnapshotException e)
        {
            options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Warning, $"the snapshot of the head is not used, the whole log is read instead: {e.InnerException!.Message}"));
            SnapshotFolders.RemoveAllBut(options.Folder, null, files);
            return Open(options, files, useSnapshot: false, cancellationToken);
        }
    }

    private static Parts Open(TsdbOptions options, IStoreFiles files, bool useSnapshot, CancellationToken cancellationToken)
    {
        long started = options.TimeProvider.GetTimestamp();
        DataFolder folder = DataFolder.Inspect(options.Folder, files);
        var counters = new HeadCounters();
        var memory = new HeadMemory(KeyedHasher.CreateRandom());
        var blocks = new BlockList(files, options.Folder, options.Log);
        ChunkFileWriter? chunkWriter = null;
        try
        {
            OpenBlocks(blocks, options, files);
            memory.MinValidTime = blocks.EndOfCompacted;
            var inherited = new InheritedChunks(memory, folder.ChunksHead, files, options.Log);
            inherited.Read(cancellationToken);
            chunkWriter = new ChunkFileWriter(memory.Chunks, memory.Commit, folder.ChunksHead, files, options.Log);
            var exemplars = new ExemplarStore(memory.FindLabels);
            exemplars.SetOutOfOrderWindow(options.ExemplarWindow);
            exemplars.SetLimit(options.MaxExemplars);
            var metadata = new SeriesMetadataStore();
            var replay = new HeadReplay(memory, inherited, chunkWriter.WriteWhenMuch)
            {
                TakeExemplars = list => exemplars.Append(CollectionsMarshal.AsSpan(list)), // nobody changes the list meanwhile
                TakeMetadata = entry => metadata.Set(entry),
            };
            HeadSnapshotReader? snapshot = useSnapshot && !inherited.IsDamaged
                ? HeadSnapshotReader.Find(options.Folder, folder.Wal, folder.Checkpoint, folder.LastSegment, memory.Chunks)
                : null;
            snapshot?.Read(replay, exemplars, metadata);
            List<string> segments = snapshot is null ? folder.Segments : folder.SegmentsFrom(snapshot.Seal.Segment);
            replay.Run(segments, cancellationToken);
            inherited.Finish();
            memory.OtherReferences = replay.OtherReferences;
            if (replay.Damage is { } damage)
            {
                LogMending.Mend(damage, replay.Unread, folder.Segments.IndexOf(damage.File) < folder.FirstLogSegment, options, files);
                counters.Repairs++;
            }

            foreach (string warning in replay.Warnings())
            {
                options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Warning, warning));
            }

            counters.RecordsNotKept = replay.RecordsNotKept;
            counters.ReplayDuration = options.TimeProvider.GetElapsedTime(started);
            int segment = Math.Max(folder.LastSegment, folder.Checkpoint) + 1;
            var writer = new WalWriter(folder.Wal, files, segment, options.WalSegmentBytes, (path, e) => options.Log?.Invoke(
                new TsdbMessage(TsdbSeverity.Error, $"{path} could not be forced to disk: {e.Message}")));
            var log = new SeriesLog(writer, folder.Wal);
            var truncation = new HeadTruncation(memory, log, chunkWriter, counters, folder.Wal, files, options.WalCompression);
            truncation.Dropped = metadata.Remove;
            NoteSegments(replay, folder, log, truncation);
            OutOfOrderLog outOfOrderLog = OutOfOrderOpener.Open(options, files, memory, replay, counters, cancellationToken);
            options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Information, string.Create(
                CultureInfo.InvariantCulture,
                $"write-ahead log read: {replay.Samples} samples of {memory.Series.Count} series in {segments.Count} segments, {inherited.Count} head chunks, {snapshot?.Series ?? 0} series of a snapshot, {counters.ReplayDuration.TotalSeconds:F3} s")));
            var snapshots = new HeadSnapshotWriter(memory, log, chunkWriter, exemplars, metadata, options.Folder, folder.Wal, files, options.WalCompression);
            return new Parts(folder, blocks, memory, log, outOfOrderLog, chunkWriter, counters, truncation, exemplars, metadata, snapshots);
        }
        catch
        {
            chunkWriter?.Abandon();
            blocks.Dispose();
            memory.Dispose();
            throw;
        }
    }

    private static void OpenBlocks(BlockList blocks, TsdbOptions options, IStoreFiles files)
    {
        BlockList.RemoveTemporary(files, options.Folder);
        IndexVersionRepair.Run(files, options.Folder, options.Log);
        blocks.Reload();
        if (blocks.Current.Count > 0)
        {
            options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Information, string.Create(
                CultureInfo.InvariantCulture,
                $"blocks opened: {blocks.Current.Count}, {blocks.Current.Sum(static block => block.Length)} bytes, from {blocks.Current[0].Meta.MinTime} to {blocks.Current.Max(static block => block.Meta.MaxTime)}")));
        }
    }

    private static void NoteSegments(HeadReplay replay, DataFolder folder, SeriesLog log, HeadTruncation truncation)
    {
        long newest = long.MinValue;
        int segment = folder.LastSegment - (folder.Segments.Count - folder.FirstLogSegment) + 1;
        foreach (string path in folder.Segments.Skip(folder.FirstLogSegment))
        {
            newest = replay.NewestTimes.TryGetValue(path, out long time) || replay.NewestTimesBefore.TryGetValue(segment, out time) ? time : newest;
            log.NewestTimes[segment++] = newest;
        }

        foreach (ulong reference in replay.OtherReferences.Keys)
        {
            truncation.KeepRecords(reference, folder.LastSegment);
        }
    }
}
