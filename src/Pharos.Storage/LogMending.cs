using System.Globalization;
using Pharos.Storage.Files;
using Pharos.Storage.Wal;

namespace Pharos.Storage;

/// <summary>What is done about a log that could not be read to its end.</summary>
internal static class LogMending
{
    /// <summary>A record that was being written when the process ended is cut off. Damage before the end is refused, unless what follows may be dropped.</summary>
    /// <param name="damage">What stopped the reading.</param>
    /// <param name="unread">Segments after it.</param>
    /// <param name="inCheckpoint">Checkpoints are complete or not there: in them nothing is cut.</param>
    /// <param name="options">Of the store.</param>
    /// <param name="files">How its folder is changed.</param>
    /// <exception cref="CorruptionException">It is refused.</exception>
    public static void Mend(WalDamage damage, IReadOnlyList<string> unread, bool inCheckpoint, TsdbOptions options, IStoreFiles files)
    {
        bool torn = damage.AtEnd && unread.Count == 0 && !inCheckpoint;
        if (!torn && (inCheckpoint || !options.DropAfterCorruption))
        {
            throw new CorruptionException(damage.File, damage.Offset, damage.What);
        }

        long cut = new FileInfo(damage.File).Length - damage.RecordOffset;
        using (IStoreFile file = files.Open(damage.File))
        {
            file.SetLength(damage.RecordOffset);
            file.Sync();
            options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Warning, string.Create(
                CultureInfo.InvariantCulture,
                $"{damage.File}: {damage.What}; {cut} bytes from offset {damage.RecordOffset} on cut off, {(torn ? "a record that was being written" : "what follows the damage")}")));
        }

        foreach (string path in unread)
        {
            options.Log?.Invoke(new TsdbMessage(TsdbSeverity.Warning, $"{path} removed: it follows on the damage in {damage.File}"));
            files.Delete(path);
        }
    }
}
