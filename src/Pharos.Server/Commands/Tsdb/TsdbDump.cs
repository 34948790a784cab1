using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.PromQL.Syntax;
using Pharos.Server.Export;
using Pharos.Server.Flags;
using Pharos.Storage;
using Pharos.Storage.Inspection;

namespace Pharos.Server.Commands.Tsdb;

/// <summary>
/// <c>pharos tsdb dump</c> and <c>dump-openmetrics</c>: all samples of a folder in the order of their labels, as promtool writes them. The folder stays as it is: what is
/// opened is a copy of its logs beside links to its blocks.
/// </summary>
internal static class TsdbDump
{
    private const int FlushBytes = 64 * 1024;
    private static readonly JsonWriterOptions AsUpstream = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly FlagDefinition[] Common =
    [
        new("min-time", FlagKind.Text, "-9223372036854775808", ""),
        new("max-time", FlagKind.Text, "9223372036854775807", ""),
        new("match", FlagKind.Text, "{__name__=~'(?s:.*)'}", "") { Repeatable = true },
        new("sandbox-dir-root", FlagKind.Text, "", ""),
    ];

    private static readonly FlagCatalog Plain = new([.. Common, new FlagDefinition("format", FlagKind.Choice, "prom", "") { Choices = ["prom", "seriesjson"] }]);
    private static readonly FlagCatalog OpenMetrics = new(Common);

    public static async Task<int> RunAsync(string[] args, bool asOpenMetrics, CommandIo io, CancellationToken cancellationToken)
    {
        (FlagValues flags, IReadOnlyList<string> words) = FlagParser.Parse(asOpenMetrics ? OpenMetrics : Plain, args);
        string folder = TsdbFolder.Of(words);
        (long minTime, long maxTime) = (Time(flags, "min-time"), Time(flags, "max-time"));
        IReadOnlyList<IReadOnlyList<Matcher>> selectors = Selectors(flags);
        using FolderCopy copy = FolderCopy.Create(folder, flags.Get("sandbox-dir-root") is { Length: > 0 } root ? root : folder);
        var options = new TsdbOptions { Folder = copy.Path, TimeProvider = io.Clock, Retention = TimeSpan.Zero, MaintenanceInterval = Timeout.InfiniteTimeSpan };
        using Storage.Tsdb store = Storage.Tsdb.Open(options, cancellationToken);
        using ISeriesQuerier querier = store.OpenQuerier();
        List<Row> rows = Select(querier, selectors, minTime, maxTime, cancellationToken);
        await WriteAsync(rows, asOpenMetrics ? "openmetrics" : flags.Get("format"), minTime, maxTime, io.Out, cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static long Time(FlagValues flags, string name) => long.TryParse(flags.Get(name), out long time)
        ? time
        : throw new FlagException($"--{name}: {GoQuote.Quote(flags.Get(name))} is no number of milliseconds", ExitCode.Usage);

    private static IReadOnlyList<IReadOnlyList<Matcher>> Selectors(FlagValues flags)
    {
        try
        {
            return PromQLParser.ParseMetricSelectors(flags.GetList("match"), ParserOptions.Default);
        }
        catch (PromQLException e)
        {
            throw new FlagException($"--match: {e.Message}", ExitCode.Usage);
        }
    }

    private static List<Row> Select(ISeriesQuerier querier, IReadOnlyList<IReadOnlyList<Matcher>> selectors, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        var seen = new HashSet<Labels>();
        foreach (IReadOnlyList<Matcher> selector in selectors)
        {
            ISeriesSet set = querier.Select(new SeriesSelection(selector, minTime, maxTime), cancellationToken);
            for (int i = 0; i < set.Count; i++)
            {
                Labels labels = set.GetLabels(i);
                if (selectors.Count == 1 || seen.Add(labels))
                {
                    rows.Add(new Row(labels, set, i));
                }
            }
        }

        rows.Sort(static (x, y) => Labels.Compare(x.Labels, y.Labels));
        return rows;
    }

    private static async Task WriteAsync(List<Row> rows, string format, long minTime, long maxTime, TextWriter target, CancellationToken cancellationToken)
    {
        var samples = new SampleBuffer();
        var text = new ArrayBufferWriter<byte>(2 * FlushBytes);
        foreach (Row row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            row.Set.Read(row.Index, minTime, maxTime, samples);
            switch (format)
            {
                case "seriesjson":
                    WriteLabels(text, row.Labels);
                    break;
                case "openmetrics":
                    WriteOpenMetrics(text, row.Labels, samples);
                    break;
                default:
                    WritePlain(text, row.Labels, samples);
                    break;
            }

            if (text.WrittenCount >= FlushBytes)
            {
                await FlushAsync(text, target, cancellationToken).ConfigureAwait(false);
            }
        }

        if (format == "openmetrics")
        {
            text.Write("# EOF\n"u8);
        }

        await FlushAsync(text, target, cancellationToken).ConfigureAwait(false);
    }

    private static async Task FlushAsync(ArrayBufferWriter<byte> text, TextWriter target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(Encoding.UTF8.GetString(text.WrittenSpan).AsMemory(), cancellationToken).ConfigureAwait(false);
        text.ResetWrittenCount();
    }

    private static void WritePlain(ArrayBufferWriter<byte> text, Labels labels, SampleBuffer samples)
    {
        string name = labels.ToString();
        for (int i = 0; i < samples.Count; i++)
        {
            SampleText.Write(text, name);
            text.Write(" "u8);
            if (samples.HasHistograms && samples.Histograms[i] is { } histogram)
            {
                SampleText.Write(text, histogram.ToText());
            }
            else
            {
                SampleText.WriteValue(text, samples.Values[i]);
            }

            text.Write(" "u8);
            SampleText.WriteMilliseconds(text, samples.Timestamps[i]);
            text.Write("\n"u8);
        }
    }

    // Up to the first histogram, as upstream: the format has none.
    private static void WriteOpenMetrics(ArrayBufferWriter<byte> text, Labels labels, SampleBuffer samples)
    {
        var writer = new OpenMetricsSampleWriter();
        writer.BeginSeries(labels);
        for (int i = 0; i < samples.Count && !(samples.HasHistograms && samples.Histograms[i] is not null); i++)
        {
            writer.Write(text, samples.Timestamps[i], samples.Values[i]);
        }
    }

    private static void WriteLabels(ArrayBufferWriter<byte> text, Labels labels)
    {
        using (var json = new Utf8JsonWriter(text, AsUpstream))
        {
            json.WriteStartObject();
            foreach (Label label in labels)
            {
                json.WriteString(label.Name, label.Value);
            }

            json.WriteEndObject();
        }

        text.Write("\n"u8);
    }

    private readonly record struct Row(Labels Labels, ISeriesSet Set, int Index);
}
