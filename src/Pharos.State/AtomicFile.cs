using System.Security.Cryptography;
using Pharos.Core.Files;

namespace Pharos.State;

/// <summary>Replaces files whole: whoever reads, and whoever starts after a crash, sees the old content or the new one.</summary>
internal static class AtomicFile
{
    private const string TemporaryPrefix = ".tmp-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A crash leaves at most a temporary file behind, see <see cref="RemoveLeftovers"/>.</summary>
    public static void Write(string path, ReadOnlyMemory<byte> content)
    {
        string folder = Path.GetDirectoryName(path)!;
        string temporary = Path.Combine(folder, TemporaryPrefix + RandomNumberGenerator.GetHexString(16, lowercase: true));
        try
        {
            using (var file = new FileStream(temporary, WriteOptions(FileMode.CreateNew)))
            {
                FileOwner.Inherit(temporary, folder);
                file.Write(content.Span);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FolderSync.Flush(folder);
    }

    public static void Delete(string path)
    {
        File.Delete(path);
        FolderSync.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a folder and what is missing above it, each readable by the owner of the one above only, and keeps it over a crash.</summary>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(folder);
        if (parent is not null)
        {
            CreateFolder(parent);
        }

        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        if (parent is not null)
        {
            FileOwner.Inherit(folder, parent);
            FolderSync.Flush(parent);
        }
    }

    /// <summary>Removes what writers left that were killed; the caller keeps other writers out.</summary>
    public static void RemoveLeftovers(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, TemporaryPrefix + "*"))
        {
            File.Delete(path);
        }
    }

    internal static FileStreamOptions WriteOptions(FileMode mode) => new()
    {
        Mode = mode,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        BufferSize = 0,
        UnixCreateMode = OwnerOnly,
    };
}
