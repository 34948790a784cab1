using System.Text;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Exposition;

/// <summary>Reads a whole exposition into records. For checks, tools and tests: a scrape uses the readers themselves.</summary>
public static class ExpositionParser
{
    /// <summary>The records in order, up to the end or the first error.</summary>
    /// <param name="body">The exposition as it was sent.</param>
    /// <param name="format">Text or OpenMetrics.</param>
    /// <param name="startTimestamps">Whether <c>_created</c> lines of OpenMetrics are start timestamps and no series.</param>
    /// <param name="records">Takes the records; those before an error stay.</param>
    /// <exception cref="ExpositionException">The body breaks the rules of its format.</exception>
    /// <exception cref="NotSupportedException">The format is not read yet.</exception>
    public static void Parse(ReadOnlySpan<byte> body, ExpositionFormat format, bool startTimestamps, List<ExpositionRecord> records)
    {
        if (format == ExpositionFormat.OpenMetrics)
        {
            ParseOpenMetrics(body, startTimestamps, records);
            return;
        }

        if (format != ExpositionFormat.Text)
        {
            throw new NotSupportedException($"exposition format {format} is not yet supported");
        }

        byte[] text = [.. body, (byte)'\n'];
        var reader = new TextFormatReader(text);
        var strings = new StringInterner();
        while (reader.Next() is ExpositionEntry entry and not ExpositionEntry.End)
        {
            records.Add(Metadata(entry, ref reader, quotes: false) ?? new ExpositionRecord.Sample(
                Encoding.UTF8.GetString(reader.Series),
                Decode(reader.Series, reader.Type, strings),
                reader.Value,
                reader.HasTimestamp ? reader.Timestamp : null,
                reader.Type,
                "",
                0,
                null));
        }
    }

    private static void ParseOpenMetrics(ReadOnlySpan<byte> body, bool startTimestamps, List<ExpositionRecord> records)
    {
        var reader = new OpenMetricsReader(body, startTimestamps);
        var strings = new StringInterner();
        while (reader.Next() is ExpositionEntry entry and not ExpositionEntry.End)
        {
            records.Add(Metadata(entry, ref reader, quotes: true) ?? new ExpositionRecord.Sample(
                Encoding.UTF8.GetString(reader.Series),
                Decode(reader.Series, reader.Type, strings),
                reader.Value,
                reader.HasTimestamp ? reader.Timestamp : null,
                reader.Type,
                Encoding.UTF8.GetString(reader.Unit),
                startTimestamps ? reader.ReadStartTimestamp() : 0,
                Exemplar(ref reader, strings)));
        }
    }

    private static ExpositionRecord? Metadata<TReader>(ExpositionEntry entry, ref TReader reader, bool quotes)
        where TReader : IExpositionReader, allows ref struct
    {
        string family = Encoding.UTF8.GetString(reader.Family);
        string text = Encoding.UTF8.GetString(reader.Comment);
        return entry switch
        {
            ExpositionEntry.Type => new ExpositionRecord.TypeLine(family, reader.Type),
            ExpositionEntry.Help => new ExpositionRecord.HelpLine(family, SeriesLabels.Unescape(text, quotes)),
            ExpositionEntry.Unit => new ExpositionRecord.UnitLine(family, text),
            ExpositionEntry.Comment => new ExpositionRecord.CommentLine(text),
            _ => null,
        };
    }

    private static Labels Decode(ReadOnlySpan<byte> series, MetricType type, StringInterner strings)
    {
        var builder = new LabelsBuilder();
        SeriesLabels.Decode(series, type, strings, builder);
        return builder.ToLabels();
    }

    private static ExposedExemplar? Exemplar(ref OpenMetricsReader reader, StringInterner strings)
    {
        if (reader.ExemplarLabels.IsEmpty)
        {
            return null;
        }

        Labels labels = Decode(reader.ExemplarLabels, MetricType.Unknown, strings);
        return new ExposedExemplar(labels, reader.ExemplarValue, reader.ExemplarHasTimestamp ? reader.ExemplarTimestamp : null);
    }
}
