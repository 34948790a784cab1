using System.Globalization;
using System.Text.Json;
using Pharos.Core.Contracts;
using Pharos.Storage;
using Pharos.Storage.Blocks;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/status/tsdb</c>: what the store holds and what takes the most of it; <c>/blocks</c> of it: the blocks; <c>/walreplay</c>: how far the start is.</summary>
internal sealed class StoreStatusEndpoints
{
    private const int MaxLimit = 10_000;
    private readonly Func<Tsdb?> _store;

    public StoreStatusEndpoints(Func<Tsdb?> store)
    {
        _store = store;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/status/tsdb", WriteStatusAsync);
        routes.MapGet("/api/v1/status/tsdb/blocks", WriteBlocksAsync);
        routes.MapGet("/api/v1/status/walreplay", WriteReplayAsync);
    }

    private Task WriteReplayAsync(HttpContext context)
    {
        // The store says nothing while it reads its log; from then on all segments are read.
        long segment = _store()?.GetMetrics().WalSegment ?? 0;
        return ApiResponse.WriteSuccessAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("min"u8, 0);
            json.WriteNumber("max"u8, segment);
            json.WriteNumber("current"u8, segment);
            json.WriteEndObject();
        });
    }

    private Task WriteBlocksAsync(HttpContext context)
    {
        IReadOnlyList<BlockMeta> blocks = (_store() ?? throw new StorageUnavailableException("the store is not open")).GetBlocks();
        return ApiResponse.WriteSuccessAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("blocks"u8);
            foreach (BlockMeta block in blocks)
            {
                BlockMetaFile.Write(json, block);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private Task WriteStatusAsync(HttpContext context)
    {
        int limit = 10;
        string text = context.Request.Query["limit"].ToString();
        if (text.Length > 0 && (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out limit) || limit < 1))
        {
            return ApiResponse.WriteErrorAsync(context, ApiErrorType.BadData, "limit must be a positive number");
        }

        if (limit > MaxLimit)
        {
            return ApiResponse.WriteErrorAsync(context, ApiErrorType.BadData, $"limit must not exceed {MaxLimit}");
        }

        TsdbStatus status = (_store() ?? throw new StorageUnavailableException("the store is not open")).GetStatus(limit);
        return ApiResponse.WriteSuccessAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("headStats"u8);
            json.WriteNumber("numSeries"u8, status.Series);
            json.WriteNumber("numLabelPairs"u8, status.LabelPairs);
            json.WriteNumber("chunkCount"u8, status.Chunks);
            json.WriteNumber("minTime"u8, status.MinTime);
            json.WriteNumber("maxTime"u8, status.MaxTime);
            json.WriteEndObject();
            WriteRanking(json, "seriesCountByMetricName", status.SeriesCountByMetricName);
            WriteRanking(json, "labelValueCountByLabelName", status.LabelValueCountByLabelName);
            WriteRanking(json, "memoryInBytesByLabelName", status.MemoryInBytesByLabelName);
            WriteRanking(json, "seriesCountByLabelValuePair", status.SeriesCountByLabelValuePair);

            // Beyond upstream: what makes series now.
            json.WriteStartObject("churn"u8);
            json.WriteNumber("since"u8, status.CreatedSince);
            json.WriteNumber("numSeries"u8, status.SeriesCreated);
            WriteRanking(json, "seriesCountByMetricName", status.SeriesCreatedByMetricName);
            WriteRanking(json, "seriesCountByLabelValuePair", status.SeriesCreatedByLabelValuePair);
            WriteRanking(json, "labelValueCountByLabelName", status.LabelValuesCreatedByLabelName);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static void WriteRanking(Utf8JsonWriter json, string name, IReadOnlyList<TsdbStatistic> ranking)
    {
        json.WriteStartArray(name);
        foreach (TsdbStatistic entry in ranking)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, entry.Name);
            json.WriteNumber("value"u8, entry.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
