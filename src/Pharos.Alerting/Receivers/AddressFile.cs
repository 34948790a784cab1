using Pharos.Config;

namespace Pharos.Alerting.Receivers;

/// <summary>Addresses that stand in files, read at each message so that a new one counts at once.</summary>
internal static class AddressFile
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>The text without white space around it.</summary>
    /// <exception cref="IOException">It cannot be read, or is too long; the message names the file.</exception>
    public static string Read(string path)
    {
        try
        {
            byte[] content = BoundedFile.Read(path, MaxBytes) ?? throw new IOException($"open {path}: longer than {MaxBytes} bytes");
            return System.Text.Encoding.UTF8.GetString(content).Trim();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException($"open {path}: {BoundedFile.Describe(e, path)}", e);
        }
    }
}
