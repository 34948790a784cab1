using System.Text.Json;
using Pharos.PromQL;

namespace Pharos.Server.Api.Ui;

/// <summary>A small graph: values on steps, with null where there is none. Immutable.</summary>
/// <param name="T0">The first step, milliseconds since the Unix epoch.</param>
/// <param name="Step">Milliseconds from step to step.</param>
/// <param name="Values">One a step.</param>
/// <param name="Limit">A line across; null for none.</param>
internal sealed record Spark(long T0, long Step, IReadOnlyList<double?> Values, double? Limit = null)
{
    public static Spark Of(QueryResult result, ResultRow row, double? limit = null)
    {
        var values = new double?[result.Steps];
        for (int step = 0; step < values.Length; step++)
        {
            values[step] = row.Has(step) ? row.Values.Span[step] : null;
        }

        return new Spark(result.StartTime, result.StepMs, values, limit);
    }

    /// <summary>Writes the property.</summary>
    public void Write(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteNumber("t0"u8, T0);
        json.WriteNumber("step"u8, Step);
        json.WriteStartArray("values"u8);
        foreach (double? value in Values)
        {
            if (value is { } known)
            {
                json.WriteValue(known);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
        if (Limit is { } limit && double.IsFinite(limit))
        {
            json.WriteNumber("limit"u8, limit);
        }

        json.WriteEndObject();
    }
}
