using Pharos.Storage.Files;
using Pharos.Storage.Head;
using Pharos.Storage.Wal;

namespace Pharos.Storage;

/// <summary>Opens the log of out-of-order samples: reads it into the head and mends its end.</summary>
internal static class OutOfOrderOpener
{
    /// <summary>
    /// Reads the log into the head, whose own log was read. A log that has markers of upstream's mapped chunks, or that does not know of deletions, is written anew: upstream
    /// takes such a marker as word that the samples before it are in <c>chunks_head</c>, where this store keeps none, and deletions must not take what comes after them.
    /// </summary>
    /// <exception cref="CorruptionException">The log is damaged before its end.</exception>
    /// <exception cref="DataFolderException">It holds what is not supported.</exception>
    public static OutOfOrderLog Open(TsdbOptions options, IStoreFiles files, HeadMemory memory, HeadReplay head, HeadCounters counters, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(options.Folder, "wbl");
        List<int> segments = Directory.Exists(folder) ? WalSegments.List(folder) : [];
        WalSegments.CheckContiguous(folder, segments);
        var replay = new OutOfOrderReplay(memory, head);
        if (segments.Count > 0)
        {
            replay.Run([.. segments.Select(segment => WalSegments.Path(folder, segment))], cancellationToken);
            if (replay.Damage is { } damage)
            {
                LogMending.Mend(damage, replay.Unread, inCheckpoint: false, options, files);
                counters.OutOfOrderRepairs++;
            }
        }

        foreach (string warning in replay.Warnings())
        {
            options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Warning, warning));
        }

        int last = segments.Count > 0 ? segments[^1] : -1;
        var log = new OutOfOrderLog(folder, files, last + 1, options.WalSegmentBytes, options.WalCompression, (path, e) => options.Log?.Invoke(
            new TsdbMessage(TsdbSeverity.Error, $"{path} could not be forced to disk: {e.Message}")));
        log.HasDeletions = replay.HasDeletions;
        if (replay.MustRewrite)
        {
            new OutOfOrderRewriting(memory, log).Run(last);
        }

        if (replay.Samples > 0)
        {
            options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Information, FormattableString.Invariant($"log of out-of-order samples read: {replay.Samples} samples in {segments.Count} segments")));
        }

        return log;
    }
}
