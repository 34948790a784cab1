using System.Globalization;
using Pharos.Storage.Files;

namespace Pharos.Storage.Snapshots;

/// <summary>Names of snapshots of the head: <c>chunk_snapshot.SEGMENT.OFFSET</c>, the place in the log up to which they stand for it. docs/formats/chunk_snapshot.md.</summary>
internal static class SnapshotFolders
{
    public const string Temporary = ".tmp";

    private const string Prefix = "chunk_snapshot.";

    /// <summary>The folder of a snapshot that stands for all segments before this one.</summary>
    public static string Path(string folder, int segment) =>
        System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{segment:D6}.{0:D10}"));

    /// <summary>The folder of what only this store reads, inside a snapshot.</summary>
    public static string SealPath(string snapshot) => System.IO.Path.Combine(snapshot, "pharos");

    /// <summary>The segment numbers of the snapshots that end where a segment does, ascending. Upstream's mostly do not: their log serves.</summary>
    public static List<int> List(string folder)
    {
        var segments = new List<int>();
        foreach (string path in Directory.EnumerateDirectories(folder, Prefix + "*"))
        {
            string[] parts = System.IO.Path.GetFileName(path)[Prefix.Length..].Split('.');
            if (parts.Length == 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int segment)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
                && offset == 0)
            {
                segments.Add(segment);
            }
        }

        segments.Sort();
        return segments;
    }

    /// <summary>Removes all snapshots but one, upstream's and unfinished ones too.</summary>
    public static void RemoveAllBut(string folder, string? kept, IStoreFiles disk)
    {
        foreach (string path in Directory.GetDirectories(folder, Prefix + "*"))
        {
            if (!string.Equals(path, kept, StringComparison.Ordinal))
            {
                disk.DeleteFolder(path);
            }
        }
    }
}
