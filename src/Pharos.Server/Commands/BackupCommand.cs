using System.Globalization;
using Pharos.Core.Files;
using Pharos.Server.Backup;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary><c>pharos backup TARGET</c>: a running server's backup into a file or a folder.</summary>
internal sealed class BackupCommand : ICommand
{
    private const string Usage =
        $"""
        usage: pharos backup [FLAGS] TARGET

        Writes a backup of a running server: all samples that it has acknowledged, its documents (users, tokens,
        dashboards, silences, journals), and the files of its configuration. TARGET.tar is an archive, any other
        name a folder, which must not be there or be empty. The backup holds secrets: it is readable by its owner
        only (0600). It is read back and compared before it gets its name.

        {ServerQuestion.Usage}
        Needs a token of scope admin, unless the server asks for no sign-in. --timeout is for the first byte.
        """;

    private const int CopyBytes = 128 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly FlagCatalog Flags = new([.. ServerQuestion.Flags, new FlagDefinition("help", FlagKind.Switch, "false", "")]);

    public string Name => "backup";

    public string Summary => "write a backup of a running server";

    public async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        try
        {
            (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(Flags, [.. args.Select(static arg => arg == "-h" ? "--help" : arg)]);
            if (flags.IsOn("help") || words.Count != 1)
            {
                await (flags.IsOn("help") ? io.Out : io.Error).WriteLineAsync(Usage.AsMemory(), cancellationToken).ConfigureAwait(false);
                return flags.IsOn("help") ? ExitCode.Success : ExitCode.Usage;
            }

            BackupManifest manifest = await WriteAsync(flags, words[0], io.Clock, cancellationToken).ConfigureAwait(false);
            string told = string.Create(CultureInfo.InvariantCulture, $"{words[0]}: {manifest.Files.Count} files, {manifest.Files.Sum(static f => f.SizeBytes)} bytes, of {manifest.BegunAt:u}, checked. It holds secrets.");
            await io.Out.WriteLineAsync(told.AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (FlagException exception)
        {
            await io.Error.WriteLineAsync($"pharos backup: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Usage;
        }
        catch (Exception exception) when (ServerQuestion.IsExpected(exception) || exception is InvalidDataException)
        {
            await io.Error.WriteLineAsync($"pharos backup: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    private static async Task<BackupManifest> WriteAsync(FlagValues flags, string target, TimeProvider clock, CancellationToken cancellationToken)
    {
        bool isArchive = target.EndsWith(".tar", StringComparison.Ordinal);
        if (isArchive ? Path.Exists(target) : File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new IOException($"{target} is there already");
        }

        string part = target.TrimEnd('/') + (isArchive ? ".part" : ".tar.part");
        try
        {
            await DownloadAsync(flags, part, clock, cancellationToken).ConfigureAwait(false);
            BackupManifest manifest;
            if (isArchive)
            {
                manifest = await BackupReader.CheckAsync(part, cancellationToken).ConfigureAwait(false);
                File.Move(part, target);
            }
            else
            {
                manifest = await BackupReader.ExtractAsync(part, target, cancellationToken).ConfigureAwait(false);
                await WriteManifestAsync(Path.Combine(target, BackupManifest.Name), manifest, cancellationToken).ConfigureAwait(false);
            }

            FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(target))!);
            return manifest;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task DownloadAsync(FlagValues flags, string path, TimeProvider clock, CancellationToken cancellationToken)
    {
        using FileStream file = Create(path);
        using HttpClient client = await ServerQuestion.ClientAsync(flags, cancellationToken).ConfigureAwait(false);
        using HttpResponseMessage response = await ServerQuestion.PostForStreamAsync(client, flags, "/api/pharos/v1/backup", [], clock, cancellationToken).ConfigureAwait(false);
        using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await body.CopyToAsync(file, CopyBytes, cancellationToken).ConfigureAwait(false);
        await file.FlushAsync(cancellationToken).ConfigureAwait(false);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    // Last: a folder without it is no backup.
    private static async Task WriteManifestAsync(string path, BackupManifest manifest, CancellationToken cancellationToken)
    {
        using FileStream file = Create(path);
        await file.WriteAsync(manifest.Write(), cancellationToken).ConfigureAwait(false);
        await file.FlushAsync(cancellationToken).ConfigureAwait(false);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    private static FileStream Create(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly, Options = FileOptions.Asynchronous });
}
