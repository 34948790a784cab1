using System.Globalization;
using Pharos.Core.Files;
using Pharos.Server.Backup;

namespace Pharos.Server.Commands;

/// <summary><c>pharos restore BACKUP FOLDER</c>: checks a backup and unpacks it.</summary>
internal sealed class RestoreCommand : ICommand
{
    private const string Usage =
        """
        usage: pharos restore BACKUP FOLDER
               pharos restore --check BACKUP

        Compares a backup (an archive or a folder) with its manifest, then writes FOLDER/data, to be given as
        --storage.tsdb.path, and FOLDER/configuration, the files of the configuration below their old paths.
        FOLDER must not be there or be empty. With --check nothing is written.
        """;

    public string Name => "restore";

    public string Summary => "check a backup and unpack it";

    public async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        bool asksHelp = args.Length > 0 && args[^1] is "--help" or "-h";
        bool onlyChecks = args.Length == 2 && args[0] == "--check";
        if (asksHelp || (args.Length != 2) || (!onlyChecks && args.Any(static arg => arg.StartsWith('-'))))
        {
            await (asksHelp ? io.Out : io.Error).WriteLineAsync(Usage.AsMemory(), cancellationToken).ConfigureAwait(false);
            return asksHelp ? ExitCode.Success : ExitCode.Usage;
        }

        try
        {
            string backup = onlyChecks ? args[1] : args[0];
            BackupManifest manifest = onlyChecks
                ? await BackupReader.CheckAsync(backup, cancellationToken).ConfigureAwait(false)
                : await RestoreAsync(backup, args[1], cancellationToken).ConfigureAwait(false);
            string told = string.Create(
                CultureInfo.InvariantCulture, $"{backup}: {manifest.Files.Count} files, {manifest.Files.Sum(static f => f.SizeBytes)} bytes, written by {manifest.Writer} at {manifest.BegunAt:u}: whole");
            await io.Out.WriteLineAsync((onlyChecks ? told : $"{told}\nto be started with --storage.tsdb.path={Path.Combine(args[1], "data")}").AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await io.Error.WriteLineAsync($"pharos restore: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    private static async Task<BackupManifest> RestoreAsync(string backup, string folder, CancellationToken cancellationToken)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new IOException($"{folder} is there and not empty");
        }

        await BackupReader.CheckAsync(backup, cancellationToken).ConfigureAwait(false);

        // Whole or not at all: a folder that a crash left half has another name.
        string part = folder.TrimEnd('/') + ".part";
        if (Path.Exists(part))
        {
            throw new IOException($"{part} is there: another restore is running, or was interrupted; remove it");
        }

        BackupManifest manifest;
        try
        {
            Directory.CreateDirectory(part);
            manifest = await BackupReader.ExtractAsync(backup, part, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Directory.Delete(part, recursive: true);
            throw;
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder);
        }

        Directory.Move(part, folder);
        FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        return manifest;
    }
}
