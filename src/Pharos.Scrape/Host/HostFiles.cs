using System.Globalization;

namespace Pharos.Scrape.Host;

/// <summary>Reads the kernel's files below a root, which is <c>/</c> but in tests.</summary>
internal sealed class HostFiles(string root)
{
    // Nothing that the collector reads is larger.
    private const int MaxBytes = 4 * 1024 * 1024;

    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>The lines of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public string[] Lines(string path) => Text(path).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The whole file without white space around it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public string Text(string path)
    {
        using FileStream file = File.OpenRead(Full(path));
        using var reader = new StreamReader(file);
        char[] text = new char[64 * 1024];
        int length = 0;
        int read;
        while ((read = reader.Read(text, length, text.Length - length)) > 0)
        {
            length += read;
            if (length > MaxBytes)
            {
                throw new IOException($"{path} is longer than {MaxBytes} characters");
            }

            if (length == text.Length)
            {
                Array.Resize(ref text, text.Length * 2);
            }
        }

        return new string(text, 0, length).Trim();
    }

    /// <summary>As <see cref="Text"/>; null where it cannot be read, as much of sysfs for some devices.</summary>
    public string? TryText(string path)
    {
        try
        {
            return Text(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public bool Exists(string path) => File.Exists(Full(path));

    /// <summary>The names in a folder, sorted; none when it is not there.</summary>
    public string[] Names(string folder)
    {
        string full = Full(folder);
        return Directory.Exists(full) ? [.. Directory.EnumerateFileSystemEntries(full).Select(static p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)] : [];
    }

    public static string[] Words(string line) => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A number of a kernel file.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private string Full(string path) => Path.Combine(root, path);
}
