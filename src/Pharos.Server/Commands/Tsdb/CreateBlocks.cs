using Pharos.Core.Labels;
using Pharos.Scrape.Exposition;
using Pharos.Server.Backfill;
using Pharos.Server.Flags;
using Pharos.Storage.Backfill;
using Pharos.Storage.Blocks;
using Pharos.Storage.Inspection;

namespace Pharos.Server.Commands.Tsdb;

/// <summary><c>pharos tsdb create-blocks-from openmetrics</c>: blocks of a file, as <c>promtool tsdb create-blocks-from</c>.</summary>
internal static class CreateBlocks
{
    private const string DefaultFolder = "data/";

    private static readonly FlagCatalog Flags = new(
    [
        new FlagDefinition("human-readable", FlagKind.Switch, "false", ""),
        new FlagDefinition("quiet", FlagKind.Switch, "false", ""),
        new FlagDefinition("max-block-duration", FlagKind.GoDuration, "0s", ""),
        new FlagDefinition("label", FlagKind.Text, "", "") { Repeatable = true },
    ]);

    public static Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        string[] words = [.. args.Select(Long)];
        return words.FirstOrDefault(static arg => !arg.StartsWith('-')) == "rules"
            ? CreateRuleBlocks.RunAsync(words, io, cancellationToken)
            : RunOpenMetricsAsync(words, io, cancellationToken);
    }

    // Says a block that was written, the first one below the names of the columns.
    private static void Print(BlockMeta block, string folder, bool isFirst, bool isForPeople, TextWriter output)
    {
        BlockSummary summary = BlockCatalog.List(folder).Single(other => other.Meta.Ulid == block.Ulid);
        string[] row = BlockTable.Row(summary, isForPeople);
        output.Write(AlignedTable.Format(isFirst ? [[.. BlockTable.Header], row] : [row]));
    }

    private static async Task<int> RunOpenMetricsAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(Flags, args);
        if (words.Count is not (2 or 3) || words[0] != "openmetrics")
        {
            throw new FlagException("expected openmetrics, a file, and perhaps a folder", ExitCode.Usage);
        }

        List<Label> labels = LabelsOf(flags);
        string folder = words.Count > 2 ? words[2] : DefaultFolder;
        try
        {
            using var file = new MappedText(words[1]);
            Directory.CreateDirectory(folder);
            await WriteAsync(file, folder, flags, labels, io, cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (ExpositionException exception)
        {
            await io.Error.WriteLineAsync($"pharos tsdb create-blocks-from: {words[1]}: {exception.Message}".AsMemory(), cancellationToken).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    // The walks have no waits in them.
    private static Task WriteAsync(MappedText file, string folder, FlagValues flags, IReadOnlyList<Label> labels, CommandIo io, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            bool isFirst = true;
            OpenMetricsBackfill.Run(
                file.Span,
                folder,
                OpenMetricsBackfill.BlockMs(flags.GetDuration("max-block-duration")),
                labels,
                io.Clock,
                OpenMetricsBackfill.DefaultMaxSamples,
                block =>
                {
                    if (!flags.IsOn("quiet"))
                    {
                        Print(block, folder, isFirst, flags.IsOn("human-readable"), io.Out);
                        isFirst = false;
                    }
                },
                cancellationToken);
        },
        cancellationToken);

    private static string Long(string arg) => arg switch
    {
        "-r" => "--human-readable",
        "-q" => "--quiet",
        _ => arg,
    };

    private static List<Label> LabelsOf(FlagValues flags)
    {
        var labels = new List<Label>();
        foreach (string text in flags.GetList("label"))
        {
            int sign = text.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0)
            {
                throw new FlagException($"--label is {GoQuote.Quote(text)}: expected name=value", ExitCode.Usage);
            }

            labels.Add(new Label(text[..sign], text[(sign + 1)..]));
        }

        return labels;
    }
}
