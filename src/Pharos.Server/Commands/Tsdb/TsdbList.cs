using Pharos.Server.Flags;
using Pharos.Storage.Inspection;

namespace Pharos.Server.Commands.Tsdb;

/// <summary><c>pharos tsdb list</c>: the blocks, as <c>promtool tsdb list</c>.</summary>
internal static class TsdbList
{
    private static readonly FlagCatalog Flags = new([new FlagDefinition("human-readable", FlagKind.Switch, "false", "")]);

    public static async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(Flags, [.. args.Select(static arg => arg == "-r" ? "--human-readable" : arg)]);
        bool isForPeople = flags.IsOn("human-readable");
        IReadOnlyList<BlockSummary> blocks = BlockCatalog.List(TsdbFolder.Of(words));
        string table = AlignedTable.Format([[.. BlockTable.Header], .. blocks.Select(block => BlockTable.Row(block, isForPeople))]);
        await io.Out.WriteAsync(table.AsMemory(), cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }
}
