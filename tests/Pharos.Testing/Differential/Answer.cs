using System.Globalization;
using System.Text.Json;

namespace Pharos.Testing.Differential;

/// <summary>What a query was answered with over the HTTP API of Prometheus: a result or an error, warnings and infos.</summary>
public sealed record Answer
{
    /// <summary>The kind of the error; empty when there is a result.</summary>
    public string ErrorType { get; init; } = "";

    public string Error { get; init; } = "";

    /// <summary><c>vector</c>, <c>matrix</c>, <c>scalar</c> or <c>string</c>; empty for an error.</summary>
    public string ResultType { get; init; } = "";

    /// <summary>In the order of the answer; a scalar and a string are one series without labels.</summary>
    public IReadOnlyList<AnswerSeries> Series { get; init; } = [];

    /// <summary>Sorted.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Sorted.</summary>
    public IReadOnlyList<string> Infos { get; init; } = [];

    public bool IsError => ErrorType.Length > 0;

    /// <summary>An answer as it came.</summary>
    public static Answer Read(JsonElement body)
    {
        if (body.GetProperty("status").GetString() != "success")
        {
            return new Answer { ErrorType = body.GetProperty("errorType").GetString()!, Error = body.GetProperty("error").GetString()! };
        }

        JsonElement data = body.GetProperty("data");
        string type = data.GetProperty("resultType").GetString()!;
        JsonElement result = data.GetProperty("result");
        return new Answer
        {
            ResultType = type,
            Series = type is "scalar" or "string"
                ? [new AnswerSeries("", [type == "string" ? new AnswerPoint(result[0].GetDouble(), [], result[1].GetString()) : ReadNumber(result)])]
                : [.. result.EnumerateArray().Select(ReadSeries)],
            Warnings = ReadTexts(body, "warnings"),
            Infos = ReadTexts(body, "infos"),
        };
    }

    private static AnswerSeries ReadSeries(JsonElement series)
    {
        string labels = AnswerSeries.Text(series.GetProperty("metric").EnumerateObject().Select(static p => KeyValuePair.Create(p.Name, p.Value.GetString()!)));
        List<AnswerPoint> points = [];
        points.AddRange(Items(series, "value", "values").Select(ReadNumber));
        points.AddRange(Items(series, "histogram", "histograms").Select(ReadHistogram));
        return new AnswerSeries(labels, [.. points.OrderBy(static p => p.Time)]);
    }

    private static List<JsonElement> Items(JsonElement series, string one, string many) =>
        series.TryGetProperty(one, out JsonElement single) ? [single] : series.TryGetProperty(many, out JsonElement several) ? [.. several.EnumerateArray()] : [];

    private static AnswerPoint ReadNumber(JsonElement point) => new(point[0].GetDouble(), [Number(point[1])]);

    private static AnswerPoint ReadHistogram(JsonElement point)
    {
        JsonElement histogram = point[1];
        List<(double Kind, double Lower, double Upper, double Count)> buckets = histogram.TryGetProperty("buckets", out JsonElement list)
            ? [.. list.EnumerateArray().Select(static b => (b[0].GetDouble(), Number(b[1]), Number(b[2]), Number(b[3])))]
            : [];
        return AnswerPoint.OfHistogram(point[0].GetDouble(), Number(histogram.GetProperty("count")), Number(histogram.GetProperty("sum")), buckets);
    }

    private static double Number(JsonElement text) => text.GetString() switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        { } number => double.Parse(number, CultureInfo.InvariantCulture),
        _ => throw new InvalidDataException($"expected a number as a string, got {text}"),
    };

    private static List<string> ReadTexts(JsonElement body, string name) => body.TryGetProperty(name, out JsonElement texts)
        ? [.. texts.EnumerateArray().Select(static t => t.GetString()!).Order(StringComparer.Ordinal)]
        : [];
}
