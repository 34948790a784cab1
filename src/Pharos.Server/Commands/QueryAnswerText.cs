using System.Globalization;
using System.Text;
using System.Text.Json;
using Pharos.Core.Labels;

namespace Pharos.Server.Commands;

/// <summary>The answer to a query, from the JSON of the API to the text that promtool prints.</summary>
internal static class QueryAnswerText
{
    /// <param name="data">The member <c>data</c> of an answer.</param>
    public static string Print(JsonElement data)
    {
        var text = new StringBuilder();
        JsonElement result = data.GetProperty("result");
        switch (data.GetProperty("resultType").GetString())
        {
            case "scalar" or "string":
                AppendValue(text.Append(data.GetProperty("resultType").GetString()).Append(": "), result);
                break;
            case "matrix":
                foreach (JsonElement series in result.EnumerateArray())
                {
                    AppendMetric(text, series.GetProperty("metric"));
                    text.Append(" =>\n");
                    AppendAll(text, series, "values");
                    AppendAll(text, series, "histograms");
                }

                break;
            default:
                foreach (JsonElement series in result.EnumerateArray())
                {
                    AppendMetric(text, series.GetProperty("metric"));
                    AppendValue(text.Append(" => "), series.TryGetProperty("histogram", out JsonElement histogram) ? histogram : series.GetProperty("value"));
                }

                break;
        }

        return text.ToString();
    }

    /// <summary>A series by its labels.</summary>
    /// <param name="metric">The label names with their values.</param>
    public static string Metric(JsonElement metric)
    {
        var text = new StringBuilder();
        AppendMetric(text, metric);
        return text.ToString();
    }

    private static void AppendAll(StringBuilder text, JsonElement series, string member)
    {
        foreach (JsonElement value in series.TryGetProperty(member, out JsonElement values) ? values.EnumerateArray() : default)
        {
            AppendValue(text, value);
        }
    }

    private static void AppendMetric(StringBuilder text, JsonElement metric)
    {
        string separator = "{";
        bool hasName = metric.TryGetProperty("__name__", out JsonElement name);
        if (hasName)
        {
            text.Append(name.GetString());
        }

        foreach (JsonProperty label in metric.EnumerateObject().Where(static label => label.Name != "__name__"))
        {
            text.Append(separator).Append(label.Name).Append('=');
            GoQuote.Append(text, label.Value.GetString() ?? "");
            separator = ", ";
        }

        text.Append(separator != "{" ? "}" : hasName ? "" : "{}");
    }

    private static void AppendValue(StringBuilder text, JsonElement value)
    {
        if (value[1].ValueKind == JsonValueKind.Object)
        {
            AppendHistogram(text, value[1]);
        }
        else
        {
            text.Append(value[1].GetString());
        }

        text.Append(" @[").Append(value[0].GetRawText()).Append("]\n");
    }

    private static void AppendHistogram(StringBuilder text, JsonElement histogram)
    {
        text.Append("Count: ").Append(SixDigits(histogram.GetProperty("count"))).Append(", Sum: ").Append(SixDigits(histogram.GetProperty("sum"))).Append(", Buckets: [");
        string separator = "";
        foreach (JsonElement bucket in histogram.TryGetProperty("buckets", out JsonElement buckets) ? buckets.EnumerateArray() : default)
        {
            // 0: the upper bound belongs to the bucket, 1: the lower, 2: none, 3: both.
            int bounds = bucket[0].GetInt32();
            text.Append(separator).Append(bounds is 1 or 3 ? '[' : '(').Append(bucket[1].GetString()).Append(',').Append(bucket[2].GetString())
                .Append(bounds is 0 or 3 ? ']' : ')').Append(':').Append(bucket[3].GetString());
            separator = " ";
        }

        text.Append(']');
    }

    private static string SixDigits(JsonElement number) =>
        double.TryParse(number.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value.ToString("F6", CultureInfo.InvariantCulture) : number.GetString() ?? "";
}
