using System.Globalization;
using System.Text;
using System.Text.Json;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Scrape.Exposition;

namespace Pharos.Conformance.Suites;

/// <summary>Whole expositions and their entries in order: text, value, timestamp, labels, exemplars, start timestamp, metadata.</summary>
internal sealed class ExpositionParseSuite : ISuite
{
    public string Area => "exposition";

    public string FilePattern => "text_parse.json";

    public void Run(string path, CaseReporter report)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement testCase in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            RunCase(testCase, report);
        }
    }

    private static void RunCase(JsonElement testCase, CaseReporter report)
    {
        string name = testCase.GetProperty("test").GetString()!;
        bool convert = ExpositionText.Text(testCase, "note").Contains("convert_classic_histograms_to_nhcb", StringComparison.Ordinal);
        var records = new List<ExpositionRecord>();
        try
        {
            ExpositionParser.Parse(ExpositionText.Bytes(testCase.GetProperty("input")), ExpositionText.Format(testCase), startTimestamps: true, records);
        }
        catch (ExpositionException e)
        {
            report.Fail(name, e.Message);
            return;
        }

        if (convert)
        {
            records = ClassicHistogramConversion.Convert(records);
        }

        JsonElement[] entries = [.. testCase.GetProperty("entries").EnumerateArray()];
        for (int i = 0; i < Math.Min(entries.Length, records.Count); i++)
        {
            string expected = Describe(entries[i]);
            string actual = Describe(records[i], entries[i]);
            if (expected != actual)
            {
                report.Fail(name, $"entry {i}: expected {expected} but got {actual}");
                return;
            }
        }

        report.Check(name, $"{entries.Length} entries", $"{records.Count} entries");
    }

    private static string Describe(JsonElement entry)
    {
        if (entry.TryGetProperty("comment", out JsonElement comment))
        {
            return comment.GetString()!;
        }

        var text = new StringBuilder(ExpositionText.Text(entry, "m"));
        foreach (string metadata in (ReadOnlySpan<string>)["help", "typ", "unit"])
        {
            if (entry.TryGetProperty(metadata, out JsonElement value))
            {
                return text.Append(CultureInfo.InvariantCulture, $" {metadata} {value.GetString()}").ToString();
            }
        }

        if (entry.TryGetProperty("v", out JsonElement v))
        {
            text.Append(" v=").Append(Number(v));
        }

        if (entry.TryGetProperty("lset", out JsonElement lset))
        {
            text.Append(' ').Append(LabelsOf(lset.TryGetProperty("$without", out JsonElement without) ? without : lset));
        }

        text.Append(" t=").Append(entry.TryGetProperty("t", out JsonElement t) ? t.GetRawText() : "");
        text.Append(" st=").Append(entry.TryGetProperty("st", out JsonElement st) ? st.GetRawText() : "0");
        if (entry.TryGetProperty("es", out JsonElement exemplars))
        {
            foreach (JsonElement e in exemplars.EnumerateArray())
            {
                text.Append(CultureInfo.InvariantCulture, $" {LabelsOf(e.GetProperty("Labels"))} {Number(e.GetProperty("Value"))}");
                text.Append('@').Append(e.TryGetProperty("Ts", out JsonElement ts) ? ts.GetRawText() : "");
            }
        }

        if (entry.TryGetProperty("shs", out JsonElement whole))
        {
            AppendHistogram(text, whole, deltas: true);
        }
        else if (entry.TryGetProperty("fhs", out JsonElement fractional))
        {
            AppendHistogram(text, fractional, deltas: false);
        }

        return text.ToString();
    }

    private static void AppendHistogram(StringBuilder text, JsonElement histogram, bool deltas)
    {
        text.Append(" n=").Append(Optional(histogram, "Count")).Append(" sum=").Append(Optional(histogram, "Sum"));
        text.Append(" bounds=").AppendJoin(',', Items(histogram, "CustomValues").Select(Number));
        double count = 0;
        text.Append(" buckets=").AppendJoin(',', Items(histogram, "PositiveBuckets").Select(b => count = deltas ? count + b.GetDouble() : b.GetDouble()));
        text.Append(" spans=").AppendJoin(',', Items(histogram, "PositiveSpans").Select(static s => $"{Optional(s, "Offset")}+{Optional(s, "Length")}"));
    }

    private static JsonElement[] Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement list) ? [.. list.EnumerateArray()] : [];

    private static string Optional(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? Number(value) : "0";

    // Values and labels only where the entry has them: upstream does not compare them everywhere.
    private static string Describe(ExpositionRecord record, JsonElement entry)
    {
        switch (record)
        {
            case ExpositionRecord.CommentLine comment:
                return comment.Comment;
            case ExpositionRecord.HelpLine help:
                return $"{help.Family} help {help.Help}";
            case ExpositionRecord.TypeLine type:
                return $"{type.Family} typ {type.Type.ToText()}";
            case ExpositionRecord.UnitLine unit:
                return $"{unit.Family} unit {unit.Unit}";
            case ExpositionRecord.Histogram histogram:
                return Describe(histogram);
            default:
                return Describe((ExpositionRecord.Sample)record, entry);
        }
    }

    private static string Describe(ExpositionRecord.Sample sample, JsonElement entry)
    {
        var text = new StringBuilder(sample.Text);
        if (entry.TryGetProperty("v", out _))
        {
            text.Append(CultureInfo.InvariantCulture, $" v={sample.Value:R}");
        }

        if (entry.TryGetProperty("lset", out _))
        {
            text.Append(' ').Append(sample.Labels);
        }

        text.Append(CultureInfo.InvariantCulture, $" t={sample.Timestamp} st={sample.StartTimestamp}");
        if (sample.Exemplar is { } exemplar)
        {
            text.Append(CultureInfo.InvariantCulture, $" {exemplar.Labels} {exemplar.Value:R}@{exemplar.Timestamp}");
        }

        return text.ToString();
    }

    private static string Describe(ExpositionRecord.Histogram record)
    {
        var text = new StringBuilder(record.Text);
        text.Append(CultureInfo.InvariantCulture, $" {record.Labels} t={record.Timestamp} st={record.StartTimestamp}");
        foreach (ExposedExemplar exemplar in record.Exemplars)
        {
            text.Append(CultureInfo.InvariantCulture, $" {exemplar.Labels} {exemplar.Value:R}@{exemplar.Timestamp}");
        }

        FloatHistogram histogram = record.Value;
        text.Append(CultureInfo.InvariantCulture, $" n={histogram.Count:R} sum={histogram.Sum:R} bounds=").AppendJoin(',', histogram.CustomValues);
        text.Append(" buckets=").AppendJoin(',', histogram.PositiveBuckets);
        return text.Append(" spans=").AppendJoin(',', histogram.PositiveSpans.Select(static s => $"{s.Offset}+{s.Length}")).ToString();
    }

    private static string Number(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : value.GetDouble().ToString("R", CultureInfo.InvariantCulture);

    private static string LabelsOf(JsonElement labels) =>
        Labels.Of([.. labels.EnumerateObject().Select(static p => new Label(p.Name, p.Value.GetString()!))]).ToString();
}
