using System.Text.Json;
using Pharos.PromQL;

namespace Pharos.Server.Api;

/// <summary>What a query took, under upstream's names. Times are seconds.</summary>
internal static class QueryStatisticsWriter
{
    /// <param name="json">Takes the value of <c>stats</c>.</param>
    /// <param name="statistics">With <see cref="QueryStatistics.Queryable"/> where it is wanted.</param>
    /// <param name="perStep">Whether the counts of each step are shown too.</param>
    public static void Write(Utf8JsonWriter json, QueryStatistics statistics, bool perStep)
    {
        json.WriteStartObject();
        json.WriteStartObject("timings"u8);
        json.WriteNumber("evalTotalTime"u8, statistics.EvaluationTime.TotalSeconds);
        json.WriteNumber("resultSortTime"u8, statistics.SortTime.TotalSeconds);
        json.WriteNumber("queryPreparationTime"u8, statistics.PreparationTime.TotalSeconds);
        json.WriteNumber("innerEvalTime"u8, statistics.InnerTime.TotalSeconds);
        json.WriteNumber("execQueueTime"u8, statistics.QueueTime.TotalSeconds);
        json.WriteNumber("execTotalTime"u8, (statistics.QueueTime + statistics.EvaluationTime).TotalSeconds);
        json.WriteEndObject();
        json.WriteStartObject("samples"u8);
        if (statistics.Queryable is { } counted)
        {
            WriteSteps(json, "totalQueryableSamplesPerStep", counted, perStep ? counted.PerStep : []);
            json.WriteNumber("totalQueryableSamples"u8, counted.Total);
            WriteSteps(json, "samplesReadPerStep", counted, perStep ? counted.ReadPerStep : []);
            json.WriteNumber("samplesRead"u8, counted.Read);
        }

        json.WriteNumber("peakSamples"u8, statistics.PeakSamples);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter json, string name, QueryableSamples counted, IReadOnlyList<long> counts)
    {
        if (counts.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        for (int step = 0; step < counts.Count; step++)
        {
            json.WriteStartArray();
            json.WriteNumberValue(counted.TimeOf(step) / 1000.0);
            json.WriteNumberValue(counts[step]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
