using Pharos.Server.Flags;
using Pharos.Storage.Repair;

namespace Pharos.Server.Commands.Tsdb;

/// <summary><c>pharos tsdb repair</c>: brings back all that is whole of a damaged folder.</summary>
internal static class TsdbRepair
{
    private static readonly FlagCatalog Flags = new([new FlagDefinition("dry-run", FlagKind.Switch, "false", "")]);

    public static async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(Flags, args);
        if (words.Count == 0)
        {
            throw new FlagException("which folder?", ExitCode.Usage);
        }

        bool isDryRun = flags.IsOn("dry-run");
        IReadOnlyList<RepairFinding> findings = FolderRepair.Run(TsdbFolder.Of(words), isDryRun, io.Clock, cancellationToken);
        foreach (RepairFinding finding in findings)
        {
            await io.Out.WriteLineAsync($"{finding.File} at {finding.Offset}: {finding.Damage}\n  {finding.Remedy}".AsMemory(), cancellationToken).ConfigureAwait(false);
        }

        string result = findings.Count == 0 ? "nothing is damaged" : isDryRun ? $"{findings.Count} damaged, nothing was changed: this was a dry run" : $"{findings.Count} mended";
        await io.Out.WriteLineAsync(result.AsMemory(), cancellationToken).ConfigureAwait(false);
        return isDryRun && findings.Count > 0 ? ExitCode.Failure : ExitCode.Success;
    }
}
