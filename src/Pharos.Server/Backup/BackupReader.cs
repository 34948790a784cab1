using System.Formats.Tar;
using System.Security.Cryptography;

namespace Pharos.Server.Backup;

/// <summary>Reads a backup, an archive or a folder of the same files, and compares all of it with its manifest.</summary>
internal static class BackupReader
{
    private const int CopyBytes = 128 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Reads everything and checks it; nothing is written.</summary>
    /// <exception cref="InvalidDataException">It is no backup, not whole, or not what was written.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Task<BackupManifest> CheckAsync(string backup, CancellationToken cancellationToken) => ReadAsync(backup, null, cancellationToken);

    /// <summary>As <see cref="CheckAsync"/>, writing the files below a folder, readable by their owner only and forced to disk. What was written stays when it fails.</summary>
    public static Task<BackupManifest> ExtractAsync(string backup, string folder, CancellationToken cancellationToken) => ReadAsync(backup, folder, cancellationToken);

    private static async Task<BackupManifest> ReadAsync(string backup, string? folder, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, BackupFile>(StringComparer.Ordinal);
        byte[]? manifest = Directory.Exists(backup)
            ? await ReadFolderAsync(backup, folder, found, cancellationToken).ConfigureAwait(false)
            : await ReadArchiveAsync(backup, folder, found, cancellationToken).ConfigureAwait(false);
        if (manifest is null)
        {
            throw new InvalidDataException($"{backup} has no {BackupManifest.Name}: it is no backup, or not whole");
        }

        BackupManifest expected = BackupManifest.Read(manifest);
        Compare(backup, expected, found);
        return expected;
    }

    private static void Compare(string backup, BackupManifest expected, Dictionary<string, BackupFile> found)
    {
        foreach (BackupFile file in expected.Files)
        {
            if (!found.Remove(file.Path, out BackupFile? actual))
            {
                throw new InvalidDataException($"{backup}: {file.Path} is missing");
            }

            if (actual != file)
            {
                throw new InvalidDataException($"{backup}: {file.Path} has {actual.SizeBytes} bytes with the hash {actual.Sha256}, {file.SizeBytes} with {file.Sha256} were written");
            }
        }

        if (found.Count > 0)
        {
            throw new InvalidDataException($"{backup}: {found.Keys.First()} is not in the manifest");
        }
    }

    private static async Task<byte[]?> ReadFolderAsync(string backup, string? folder, Dictionary<string, BackupFile> found, CancellationToken cancellationToken)
    {
        byte[]? manifest = null;
        foreach (string path in Directory.EnumerateFiles(backup, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(backup, path).Replace(Path.DirectorySeparatorChar, '/');
            using FileStream content = File.OpenRead(path);
            manifest = await TakeAsync(name, content, folder, found, cancellationToken).ConfigureAwait(false) ?? manifest;
        }

        return manifest;
    }

    private static async Task<byte[]?> ReadArchiveAsync(string backup, string? folder, Dictionary<string, BackupFile> found, CancellationToken cancellationToken)
    {
        byte[]? manifest = null;
        using FileStream file = File.OpenRead(backup);
        var archive = new TarReader(file);
        await using (archive.ConfigureAwait(false))
        {
            while (await NextAsync(archive, backup, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                {
                    throw new InvalidDataException($"{backup}: {entry.Name} is no file");
                }

                manifest = await TakeAsync(entry.Name, entry.DataStream ?? Stream.Null, folder, found, cancellationToken).ConfigureAwait(false) ?? manifest;
            }
        }

        return manifest;
    }

    private static async Task<TarEntry?> NextAsync(TarReader archive, string backup, CancellationToken cancellationToken)
    {
        try
        {
            return await archive.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"{backup} is no archive, or not whole: {e.Message}", e);
        }
    }

    // The content of the manifest; null for other files.
    private static async Task<byte[]?> TakeAsync(string name, Stream content, string? folder, Dictionary<string, BackupFile> found, CancellationToken cancellationToken)
    {
        if (name == BackupManifest.Name)
        {
            return await ReadManifestAsync(content, cancellationToken).ConfigureAwait(false);
        }

        BackupManifest.CheckPath(name);
        using FileStream? target = folder is null ? null : Create(Path.Combine(folder, name));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] part = new byte[CopyBytes];
        long size = 0;
        int read;
        while ((read = await content.ReadAsync(part, cancellationToken).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(part.AsSpan(0, read));
            size += read;
            if (target is not null)
            {
                await target.WriteAsync(part.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }

        if (target is not null)
        {
            await target.FlushAsync(cancellationToken).ConfigureAwait(false);
            RandomAccess.FlushToDisk(target.SafeFileHandle);
        }

        return found.TryAdd(name, new BackupFile(name, size, Convert.ToHexStringLower(hash.GetHashAndReset())))
            ? null
            : throw new InvalidDataException($"{name} is there twice");
    }

    private static async Task<byte[]> ReadManifestAsync(Stream content, CancellationToken cancellationToken)
    {
        if (content.Length > BackupManifest.MaxBytes)
        {
            throw new InvalidDataException($"{BackupManifest.Name} is longer than {BackupManifest.MaxBytes} bytes");
        }

        byte[] bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private static FileStream Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerFolder);
        return new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
    }
}
