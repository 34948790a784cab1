using System.Text.Json;

namespace Pharos.Server.Api.Ui;

/// <summary>The body of <c>p/query/batch</c>.</summary>
/// <param name="From">Milliseconds since the Unix epoch.</param>
/// <param name="To">Milliseconds since the Unix epoch.</param>
/// <param name="Queries">At least one.</param>
internal sealed record BatchRequest(long From, long To, IReadOnlyList<BatchQuery> Queries)
{
    private const int MaxQueries = 500;
    private const int MaxBytes = 8 << 20;
    private const int MaxIdLength = 256;
    private const int MaxSeries = 10_000;
    private const long MaxIntervalMs = 366L * 24 * 3600 * 1000;

    /// <exception cref="UiRequestException">It is not as docs/api.md says.</exception>
    public static async Task<BatchRequest> ReadAsync(HttpContext context)
    {
        using JsonDocument body = await UiRequest.ReadAsync(context, MaxBytes).ConfigureAwait(false);
        JsonElement root = body.RootElement;
        var range = UiRange.Read(root);
        if (!root.TryGetProperty("queries", out JsonElement queries) || queries.ValueKind != JsonValueKind.Array || queries.GetArrayLength() is 0 or > MaxQueries)
        {
            throw UiRequest.Expected("queries", $"a list of 1 to {MaxQueries} queries");
        }

        return new BatchRequest(range.From, range.To, [.. queries.EnumerateArray().Select(ReadOne)]);
    }

    private static BatchQuery ReadOne(JsonElement query, int index)
    {
        if (query.ValueKind != JsonValueKind.Object)
        {
            throw UiRequest.Expected($"queries[{index}]", "an object");
        }

        string id = UiRequest.OptionalText(query, "id") ?? throw UiRequest.Expected($"queries[{index}].id", "a text");
        if (id.Length > MaxIdLength)
        {
            throw UiRequest.Expected($"queries[{index}].id", $"at most {MaxIdLength} characters");
        }

        return new BatchQuery
        {
            Id = id,
            Expr = UiRequest.OptionalText(query, "expr") ?? throw UiRequest.Expected($"queries[{index}].expr", "a text"),
            Instant = query.TryGetProperty("instant", out JsonElement instant) && instant.ValueKind == JsonValueKind.True,
            MinIntervalMs = UiRequest.OptionalNumber(query, "minIntervalMs", 0, MaxIntervalMs) ?? 0,
            IntervalMs = UiRequest.OptionalNumber(query, "intervalMs", 0, MaxIntervalMs) ?? 0,
            MaxDataPoints = (int)(UiRequest.OptionalNumber(query, "maxDataPoints", 1, QueryStep.MaxPoints) ?? 1_000),
            LegendFormat = UiRequest.OptionalText(query, "legendFormat") ?? "",
            MaxSeries = (int)(UiRequest.OptionalNumber(query, "maxSeries", 1, MaxSeries) ?? 1_000),
        };
    }
}
