using System.Text.Json;
using Pharos.Core.Histograms;
using Pharos.Templating;
using Pharos.Templating.Prometheus;

namespace Pharos.Conformance.Suites;

/// <summary>Templates as rules have them, with what they expand to or the error they end with.</summary>
internal sealed class PrometheusTemplatesSuite : ISuite
{
    private const long Now = 1353755652000;

    public string Area => "config";

    public string FilePattern => "prometheus_templates.json";

    public void Run(string path, CaseReporter report)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        int number = 0;
        foreach (JsonElement testCase in document.RootElement.GetProperty("groups").EnumerateArray().SelectMany(static g => g.GetProperty("cases").EnumerateArray()))
        {
            number++;
            bool fails = testCase.TryGetProperty("shouldFail", out JsonElement shouldFail) && shouldFail.GetBoolean();
            string expected = fails ? testCase.GetProperty("errorMsg").GetString()! : Text(testCase.GetProperty("output"));
            report.Check($"case {number}: {testCase.GetProperty("text").GetString()}", expected, Expand(testCase));
        }
    }

    private static string Expand(JsonElement testCase)
    {
        var context = new RuleTemplateContext
        {
            Timestamp = Now,
            ExternalUrl = new Uri("http://testhost:9090/path/prefix"),
            Query = (_, _) => Rows(testCase),
        };
        bool html = testCase.TryGetProperty("html", out JsonElement isHtml) && isHtml.GetBoolean();
        bool strict = testCase.TryGetProperty("options", out JsonElement options) && options.ValueKind == JsonValueKind.Array
            && options.EnumerateArray().Any(static o => o.GetString() == "missingkey=error");
        var run = new TemplateOptions { EscapesHtml = html, MissingKey = strict ? MissingKey.Error : MissingKey.Zero };
        Template template;
        try
        {
            template = Template.Parse("test", testCase.GetProperty("text").GetString()!, new RuleTemplateFunctions(context, forPages: html).All);
        }
        catch (TemplateException e)
        {
            return "error parsing template test: " + e.Message;
        }

        try
        {
            return template.Execute(testCase.TryGetProperty("input", out JsonElement input) ? Value(input) : null, run);
        }
        catch (TemplateException e)
        {
            return "error executing template test: " + e.Message;
        }
    }

    private static IReadOnlyList<QuerySample> Rows(JsonElement testCase) => [.. testCase.GetProperty("queryResult").EnumerateArray().Select(Row)];

    private static QuerySample Row(JsonElement row)
    {
        IEnumerable<KeyValuePair<string, string>> labels = row.TryGetProperty("Metric", out JsonElement metric)
            ? [.. metric.EnumerateObject().Select(static l => KeyValuePair.Create(l.Name, l.Value.GetString()!))]
            : [];
        return row.TryGetProperty("H", out JsonElement histogram) ? new QuerySample(labels, Histogram(histogram)) : new QuerySample(labels, row.GetProperty("F").GetDouble());
    }

    private static FloatHistogram Histogram(JsonElement fields) =>
        new() { Count = fields.GetProperty("Count").GetDouble(), Sum = fields.GetProperty("Sum").GetDouble() };

    private static object? Value(JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.String => input.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => input.TryGetInt64(out long whole) ? whole : input.GetDouble(),
        JsonValueKind.Array => new TemplateList([.. input.EnumerateArray().Select(Value)]),
        JsonValueKind.Object when input.TryGetProperty("$go", out JsonElement constant) => Constant(constant.GetString()!),
        JsonValueKind.Object when input.TryGetProperty("Value", out JsonElement value) => new QuerySample([], Histogram(value)),
        JsonValueKind.Object => new TemplateMap(input.EnumerateObject().Select(static p => KeyValuePair.Create(p.Name, Value(p.Value)))),
        _ => null,
    };

    private static object Constant(string expression) => expression switch
    {
        "math.MaxInt64" => long.MaxValue,
        "math.MinInt64" => long.MinValue,
        "math.MaxUint64" => ulong.MaxValue,
        _ => throw new InvalidDataException($"no such constant: {expression}"),
    };

    // What is not plain text is the text of a histogram.
    private static string Text(JsonElement output)
    {
        if (output.ValueKind == JsonValueKind.String)
        {
            return output.GetString()!;
        }

        const string Prefix = "(&histogram.FloatHistogram{";
        string expression = output.GetProperty("$go").GetString()!;
        string fields = expression[Prefix.Length..expression.IndexOf('}', StringComparison.Ordinal)];
        return "{" + fields.Replace("Count: ", "count:", StringComparison.Ordinal).Replace("Sum: ", "sum:", StringComparison.Ordinal) + "}";
    }
}
