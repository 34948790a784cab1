using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Series;

namespace Pharos.Conformance.Suites;

/// <summary>Series of test scripts in; labels, values and native histograms out; and histograms written back.</summary>
internal sealed class SeriesDescriptionSuite : ISuite
{
    public string Area => "promql-queries";

    public string FilePattern => "series_description.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((_, _, JsonElement testCase) in GroupedCases.Read(path))
        {
            RunCase(testCase, report);
        }
    }

    private static void RunCase(JsonElement testCase, CaseReporter report)
    {
        JsonElement input = testCase.TryGetProperty("input", out JsonElement given) ? given : default;
        if (input.ValueKind == JsonValueKind.Object)
        {
            string text = HistogramPrinter.Print(ReadHistogram(input));
            report.Check(testCase.GetProperty("name").GetString()!, testCase.GetProperty("expected").GetString()!, text);
            return;
        }

        string description = input.ValueKind == JsonValueKind.String ? input.GetString()! : "";
        string name = description.Length > 0 ? description : "(empty)";
        try
        {
            SeriesDescription series = PromQLParser.ParseSeriesDescription(description);
            report.Check(name, Expected(testCase), Show(testCase, series));
        }
        catch (PromQLException e)
        {
            report.Check(name, Expected(testCase), ShowError(testCase, e));
        }
    }

    private static string Expected(JsonElement testCase)
    {
        if (testCase.TryGetProperty("fail", out JsonElement fail) && fail.ValueKind == JsonValueKind.True)
        {
            return "error";
        }

        if (testCase.TryGetProperty("expectedError", out JsonElement error) || testCase.TryGetProperty("expectError", out error))
        {
            return "error " + error.GetString();
        }

        if (testCase.TryGetProperty("expected", out JsonElement histograms))
        {
            return string.Join(' ', histograms.EnumerateArray().Select(static h => Show(ReadHistogram(h))));
        }

        bool isLabels = testCase.TryGetProperty("expectedLabels", out JsonElement labels) || testCase.TryGetProperty("expectedMetric", out labels);
        string metric = isLabels ? Labels.Of([.. labels.EnumerateObject().Select(static l => new Label(l.Name, l.Value.GetString()!))]).ToString() : "";
        return string.Join(' ', [metric, .. testCase.GetProperty("expectedValues").EnumerateArray().Select(ShowExpected)]);
    }

    private static string Show(JsonElement testCase, SeriesDescription series)
    {
        IEnumerable<string> values = series.Values.Select(static v => v.IsOmitted ? "_" : v.Histogram is null ? Show(v.Value) : Show(v.Histogram));
        return string.Join(' ', testCase.TryGetProperty("expected", out _) ? values : [series.Labels.ToString(), .. values]);
    }

    // Upstream compares the end of the first message, or only that there is one.
    private static string ShowError(JsonElement testCase, PromQLException error)
    {
        string expected = Expected(testCase);
        bool isPart = expected == "error" || error.Message.EndsWith(expected["error ".Length..], StringComparison.Ordinal);
        return isPart ? expected : "error " + error.Message;
    }

    private static string ShowExpected(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => Show(value.GetDouble()),
        JsonValueKind.String => value.GetString()!,
        _ when value.TryGetProperty("$go", out JsonElement go) => go.GetString()!.Contains("Stale", StringComparison.Ordinal) ? "stale" : "_",
        _ when value.GetProperty("Omitted").GetBoolean() => "_",
        _ when value.TryGetProperty("Histogram", out JsonElement h) && h.ValueKind == JsonValueKind.Object && !h.TryGetProperty("$go", out _) => Show(ReadHistogram(h)),
        _ => ShowExpected(value.GetProperty("Value")),
    };

    private static string Show(double value) => Staleness.IsMarker(value) ? "stale" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Show(FloatHistogram h) => string.Create(
        CultureInfo.InvariantCulture,
        $"(schema {h.Schema} zero {h.ZeroThreshold} {h.ZeroCount} count {h.Count} sum {h.Sum} {h.CounterResetHint} "
        + $"+[{string.Join(',', h.PositiveSpans)}][{string.Join(',', h.PositiveBuckets)}] -[{string.Join(',', h.NegativeSpans)}][{string.Join(',', h.NegativeBuckets)}] "
        + $"custom [{string.Join(',', h.CustomValues)}])");

    private static FloatHistogram ReadHistogram(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new FloatHistogram();
        }

        string hint = json.TryGetProperty("CounterResetHint", out JsonElement go) ? go.GetProperty("$go").GetString()! : "";
        return new FloatHistogram
        {
            Schema = (int)Number(json, "Schema"),
            Sum = Number(json, "Sum"),
            Count = Number(json, "Count"),
            ZeroCount = Number(json, "ZeroCount"),
            ZeroThreshold = Number(json, "ZeroThreshold"),
            PositiveBuckets = Numbers(json, "PositiveBuckets"),
            NegativeBuckets = Numbers(json, "NegativeBuckets"),
            PositiveSpans = Spans(json, "PositiveSpans"),
            NegativeSpans = Spans(json, "NegativeSpans"),
            CustomValues = Numbers(json, "CustomValues"),
            CounterResetHint = hint switch
            {
                "histogram.CounterReset" => CounterResetHint.Reset,
                "histogram.NotCounterReset" => CounterResetHint.NotReset,
                "histogram.GaugeType" => CounterResetHint.Gauge,
                _ => CounterResetHint.Unknown,
            },
        };
    }

    private static double Number(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out JsonElement value))
        {
            return 0;
        }

        // The one constant that is left in source form where a number stands.
        return value.ValueKind == JsonValueKind.Number ? value.GetDouble() : FloatHistogram.CustomBucketsSchema;
    }

    private static ImmutableArray<double> Numbers(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement values) && values.ValueKind == JsonValueKind.Array ? [.. values.EnumerateArray().Select(static v => v.GetDouble())] : [];

    private static ImmutableArray<BucketSpan> Spans(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Select(static v => new BucketSpan((int)Number(v, "Offset"), (int)Number(v, "Length")))]
            : [];
}
