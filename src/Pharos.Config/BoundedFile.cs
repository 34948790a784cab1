namespace Pharos.Config;

/// <summary>Reads whole files of limited size; pipes too, whose length nobody knows before.</summary>
public static class BoundedFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>The content; null when it is longer than the limit.</summary>
    /// <exception cref="IOException">The file is not there or cannot be read; the message says which.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static byte[]? Read(string path, long maxBytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var content = new MemoryStream();
        byte[] buffer = new byte[BufferSize];
        int read;
        while ((read = file.Read(buffer)) > 0)
        {
            if (content.Length + read > maxBytes)
            {
                return null;
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    /// <summary>Why a file could not be read, in the system's words.</summary>
    public static string Describe(Exception error, string path) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file or directory",
        _ when Directory.Exists(path) => "is a directory",
        UnauthorizedAccessException => "permission denied",
        _ => error.Message,
    };
}
