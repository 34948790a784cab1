using System.Globalization;

namespace Pharos.Storage.Wal;

/// <summary>Names of segments and checkpoints: eight digits or more, and <c>checkpoint.</c> before them.</summary>
internal static class WalSegments
{
    private const string CheckpointPrefix = "checkpoint.";

    public static string Path(string folder, int index) => System.IO.Path.Combine(folder, index.ToString("D8", CultureInfo.InvariantCulture));

    public static string CheckpointPath(string folder, int index) =>
        System.IO.Path.Combine(folder, CheckpointPrefix + index.ToString("D8", CultureInfo.InvariantCulture));

    /// <summary>The numbers of the segments, ascending. Other files are left alone.</summary>
    public static List<int> List(string folder)
    {
        var indexes = new List<int>();
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            if (TryParse(System.IO.Path.GetFileName(path), out int index))
            {
                indexes.Add(index);
            }
        }

        indexes.Sort();
        return indexes;
    }

    /// <summary>Refuses a list of segments in which one is missing.</summary>
    /// <exception cref="CorruptionException">One is missing.</exception>
    public static void CheckContiguous(string folder, List<int> segments)
    {
        for (int i = 1; i < segments.Count; i++)
        {
            if (segments[i] != segments[i - 1] + 1)
            {
                throw new CorruptionException(Path(folder, segments[i - 1] + 1), 0, "the segment is missing");
            }
        }
    }

    /// <summary>The numbers of the checkpoints, ascending; each holds what the segments up to its number held.</summary>
    public static List<int> ListCheckpoints(string folder)
    {
        var indexes = new List<int>();
        foreach (string path in Directory.EnumerateDirectories(folder, CheckpointPrefix + "*"))
        {
            if (TryParse(System.IO.Path.GetFileName(path)[CheckpointPrefix.Length..], out int index))
            {
                indexes.Add(index);
            }
        }

        indexes.Sort();
        return indexes;
    }

    /// <summary>Bytes of all segments and checkpoints.</summary>
    public static long StorageBytes(string folder)
    {
        long bytes = 0;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            try
            {
                bytes += file.Length;
            }
            catch (FileNotFoundException)
            {
                // Removed by a truncation since it was listed.
            }
        }

        return bytes;
    }

    private static bool TryParse(string name, out int index)
    {
        index = 0;
        return name.Length >= 8 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }
}
