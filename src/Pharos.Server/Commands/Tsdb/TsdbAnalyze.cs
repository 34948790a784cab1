using System.Globalization;
using System.Text;
using Pharos.Core.Matching;
using Pharos.PromQL.Syntax;
using Pharos.Server.Flags;
using Pharos.Storage;
using Pharos.Storage.Blocks;
using Pharos.Storage.Inspection;
using Pharos.Templating.Times;

namespace Pharos.Server.Commands.Tsdb;

/// <summary><c>pharos tsdb analyze</c>: churn and cardinality of one block, as <c>promtool tsdb analyze</c>; lines of equal counts are sorted.</summary>
internal static class TsdbAnalyze
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    private static readonly FlagCatalog Flags = new(
    [
        new FlagDefinition("limit", FlagKind.Integer, "20", ""),
        new FlagDefinition("extended", FlagKind.Switch, "false", ""),
        new FlagDefinition("match", FlagKind.Text, "", ""),
    ]);

    public static async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellationToken)
    {
        (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(Flags, args);
        string selector = flags.Get("match");
        IReadOnlyList<Matcher> matchers = selector.Length == 0 ? [] : Matchers(selector);
        BlockSummary block = Find(TsdbFolder.Of(words, maxWords: 2), words.Count > 1 ? words[1] : null);
        BlockAnalysis analysis = BlockAnalyzer.Analyze(block.Folder, matchers, flags.IsOn("extended"), cancellationToken);
        var text = new StringBuilder();
        Write(text, block.Meta, analysis, selector, flags.GetInteger("limit"));
        await io.Out.WriteAsync(text, cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static IReadOnlyList<Matcher> Matchers(string selector)
    {
        try
        {
            return PromQLParser.ParseMetricSelectors([selector], ParserOptions.Default)[0];
        }
        catch (PromQLException e)
        {
            throw new FlagException($"--match: {e.Message}", ExitCode.Usage);
        }
    }

    private static BlockSummary Find(string folder, string? name)
    {
        IReadOnlyList<BlockSummary> blocks = BlockCatalog.List(folder);
        if (blocks.Count == 0)
        {
            throw new DataFolderException("no blocks found");
        }

        return name is null
            ? blocks.MaxBy(static block => block.Meta.Ulid)!
            : blocks.FirstOrDefault(block => block.Meta.Ulid.ToString() == name) ?? throw new DataFolderException($"{folder} has no block {name}");
    }

    private static void Write(StringBuilder text, BlockMeta meta, BlockAnalysis analysis, string selector, long limit)
    {
        Line(text, $"Block ID: {meta.Ulid}");
        Line(text, $"Duration: {new GoDuration((meta.MaxTime - meta.MinTime) * NanosecondsPerMillisecond)}");
        Line(text, $"Total Series: {meta.Stats.Series}");
        if (selector.Length > 0)
        {
            Line(text, $"Matcher: {selector}");
        }

        Line(text, $"Label names: {analysis.LabelNames}");
        if (selector.Length > 0)
        {
            Line(text, $"Matched series: {analysis.Series}");
        }

        Line(text, $"Postings (unique label pairs): {analysis.SeriesByLabelPair.Count}");
        Line(text, $"Postings entries (total label pairs): {analysis.Labels}");
        Rank(text, "Label pairs most involved in churning", analysis.ChurnByLabelPair, limit);
        Rank(text, "Label names most involved in churning", analysis.ChurnByLabelName, limit);
        Rank(text, "Most common label pairs", analysis.SeriesByLabelPair, limit);
        Rank(text, "Label names with highest cumulative label value length", analysis.ValueBytesByLabelName, limit);
        Rank(text, "Highest cardinality labels", analysis.ValuesByLabelName, limit);
        Rank(text, "Highest cardinality metric names", analysis.SeriesByMetricName, limit);
        if (analysis.Chunks is { } chunks)
        {
            text.Append("\nCompaction analysis:\n\n");
            Distribution.Write(text, "samples per float chunk", chunks.FloatSamples, chunks.Count);
            Distribution.Write(text, "bytes per float chunk", chunks.FloatBytes, chunks.Count);
            Distribution.Write(text, "samples per histogram chunk", chunks.HistogramSamples, chunks.Count);
            Distribution.Write(text, "bytes per histogram chunk", chunks.HistogramBytes, chunks.Count);
            Distribution.Write(text, "buckets per histogram chunk", chunks.HistogramBuckets, chunks.Count);
        }
    }

    private static void Rank(StringBuilder text, string title, IReadOnlyList<TsdbStatistic> entries, long limit)
    {
        text.Append('\n').Append(title).Append(":\n");
        IEnumerable<TsdbStatistic> sorted = entries.OrderByDescending(static entry => entry.Value).ThenBy(static entry => entry.Name, StringComparer.Ordinal);
        foreach (TsdbStatistic entry in sorted.Take((int)Math.Clamp(limit, 0, int.MaxValue)))
        {
            Line(text, $"{entry.Value} {entry.Name}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
