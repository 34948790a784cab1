using System.Globalization;

namespace Pharos.Storage.HeadChunks;

/// <summary>Names of the files of head chunks: six digits or more.</summary>
internal static class ChunkFiles
{
    public static string Path(string folder, int number) => System.IO.Path.Combine(folder, number.ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>The numbers of the files, ascending; none when the folder is absent. Other files are left alone.</summary>
    public static List<int> List(string folder)
    {
        var numbers = new List<int>();
        if (!Directory.Exists(folder))
        {
            return numbers;
        }

        foreach (string path in Directory.EnumerateFiles(folder))
        {
            string name = System.IO.Path.GetFileName(path);
            if (name.Length >= 6 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        return numbers;
    }

    /// <summary>Bytes of all files.</summary>
    public static long StorageBytes(string folder)
    {
        long bytes = 0;
        foreach (int number in List(folder))
        {
            var file = new FileInfo(Path(folder, number));
            bytes += file.Exists ? file.Length : 0;
        }

        return bytes;
    }
}
