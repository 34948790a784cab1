using System.Globalization;
using Pharos.Config.Yaml;
using Pharos.Storage.Blocks;
using Pharos.Storage.Inspection;
using Pharos.Templating.Times;

namespace Pharos.Server.Commands.Tsdb;

/// <summary>Blocks as promtool lists them.</summary>
internal static class BlockTable
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>What stands above the columns.</summary>
    public static IReadOnlyList<string> Header { get; } = ["BLOCK ULID", "MIN TIME", "MAX TIME", "DURATION", "NUM SAMPLES", "NUM CHUNKS", "NUM SERIES", "SIZE"];

    /// <summary>The line of a block.</summary>
    public static string[] Row(BlockSummary block, bool isForPeople)
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
