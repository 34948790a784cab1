using System.Globalization;
using Pharos.Config.Yaml;
using Pharos.Server.Flags;
using Pharos.Storage.Blocks;
using Pharos.Storage.Inspection;
using Pharos.Templating.Times;

namespace Pharos.Server.Commands.Tsdb;

/// <summary><c>pharos tsdb list</c>: the blocks, as <c>promtool tsdb list</c>.</summary>
internal static class TsdbList
{
    private const long NanosecondsPerMillisecond = 1_000_000;
    private static readonly string[] Header = ["BLOCK ULID", "MIN TIME", "MAX TIME", "DURATION", "NUM SAMPLES", "NUM CHUNKS", "NUM SERIES", "SIZE"];
    private static readonly FlagCatalog Flags = new([new FlagDefinition("human-readable", FlagKind.Switch, "false", "")]);

    public static async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(Flags, [.. args.Select(static arg => arg == "-r" ? "--human-readable" : arg)]);
        bool isForPeople = flags.IsOn("human-readable");
        IReadOnlyList<BlockSummary> blocks = BlockCatalog.List(TsdbFolder.Of(words));
        await io.Out.WriteAsync(AlignedTable.Format([Header, .. blocks.Select(block => Row(block, isForPeople))]).AsMemory(), cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static string[] Row(BlockSummary block, bool isForPeople)
    {
        BlockMeta meta = block.Meta;
        return
        [
            meta.Ulid.ToString(),
            Time(meta.MinTime, isForPeople),
            Time(meta.MaxTime, isForPeople),
            new GoDuration((meta.MaxTime - meta.MinTime) * NanosecondsPerMillisecond).ToString(),
            Number(meta.Stats.Samples),
            Number(meta.Stats.Chunks),
            Number(meta.Stats.Series),
            isForPeople ? Base2Bytes.Format(block.SizeBytes) : Number(block.SizeBytes),
        ];
    }

    private static string Time(long time, bool isForPeople) => isForPeople
        ? DateTimeOffset.FromUnixTimeSeconds(time / 1000).ToString("yyyy-MM-dd HH:mm:ss '+0000 UTC'", CultureInfo.InvariantCulture)
        : Number(time);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
