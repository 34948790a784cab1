using System.Buffers;
using System.Buffers.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;
using Pharos.PromQL;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Server.Api.Ui;

/// <summary>Writes one answer of a batch straight from its rows: columns of values, no object a value.</summary>
internal static class BatchLineWriter
{
    /// <summary>Writes the members <c>t0</c>, <c>steps</c>, <c>series</c> and <c>limited</c>.</summary>
    /// <returns>How many values were written, steps without a value left out.</returns>
    public static long WriteSeries(IBufferWriter<byte> body, QueryResult result, BatchQuery query)
    {
        Write(body, ",\"t0\":"u8);
        WriteNumber(body, result.StartTime);
        Write(body, ",\"steps\":"u8);
        WriteNumber(body, result.Steps);
        Write(body, ",\"series\":["u8);
        long points = result.Type == ExprType.Scalar ? WriteScalar(body, result, query) : WriteRows(body, result, query);
        Write(body, "]"u8);
        if (result.Rows.Count > query.MaxSeries)
        {
            Write(body, ",\"limited\":{\"shown\":"u8);
            WriteNumber(body, query.MaxSeries);
            Write(body, ",\"total\":"u8);
            WriteNumber(body, result.Rows.Count);
            Write(body, "}"u8);
        }

        return points;
    }

    public static void Write(IBufferWriter<byte> body, ReadOnlySpan<byte> text) => body.Write(text);

    public static void WriteNumber(IBufferWriter<byte> body, long number)
    {
        const int MaxDigits = 20;
        Utf8Formatter.TryFormat(number, body.GetSpan(MaxDigits), out int length);
        body.Advance(length);
    }

    /// <summary>Milliseconds to the microsecond: most queries take less than one.</summary>
    public static void WriteMilliseconds(IBufferWriter<byte> body, TimeSpan time) =>
        body.Advance(JsonText.WriteValue(Math.Round(time.TotalMilliseconds, 3), body.GetSpan(FloatWriter.MaxLength)));

    /// <summary>A number, or the name of what is none, in quotes.</summary>
    public static void WriteValue(IBufferWriter<byte> body, double value)
    {
        if (double.IsFinite(value))
        {
            body.Advance(JsonText.WriteValue(value, body.GetSpan(FloatWriter.MaxLength)));
        }
        else
        {
            Write(body, double.IsNaN(value) ? "\"NaN\""u8 : value > 0 ? "\"+Inf\""u8 : "\"-Inf\""u8);
        }
    }

    private static long WriteScalar(IBufferWriter<byte> body, QueryResult result, BatchQuery query)
    {
        WriteHead(body, Labels.Empty, new LegendNames(query.LegendFormat, [Labels.Empty]));
        WriteValue(body, result.ScalarValue);
        Write(body, "]}"u8);
        return 1;
    }

    private static long WriteRows(IBufferWriter<byte> body, QueryResult result, BatchQuery query)
    {
        int count = Math.Min(result.Rows.Count, query.MaxSeries);
        var names = new LegendNames(query.LegendFormat, [.. result.Rows.Take(count).Select(static row => row.Labels)]);
        long points = 0;
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
            {
                Write(body, ","u8);
            }

            ResultRow row = result.Rows[i];
            WriteHead(body, row.Labels, names);
            points += row.Histograms.IsEmpty ? WriteValues(body, row, result.Steps) : BatchHistogramWriter.WriteValues(body, row, result.Steps);
            Write(body, "}"u8);
        }

        return points;
    }

    private static void WriteHead(IBufferWriter<byte> body, Labels labels, LegendNames names)
    {
        Write(body, "{\"labels\":"u8);
        JsonText.WriteLabels(body, labels);
        if (names.Of(labels) is { } name)
        {
            Write(body, ",\"name\":"u8);
            JsonText.WriteString(body, name);
        }

        Write(body, ",\"values\":["u8);
    }

    private static long WriteValues(IBufferWriter<byte> body, ResultRow row, int steps)
    {
        ReadOnlySpan<double> values = row.Values.Span;
        long points = 0;
        for (int step = 0; step < steps; step++)
        {
            if (step > 0)
            {
                Write(body, ","u8);
            }

            if (row.Has(step))
            {
                WriteValue(body, values[step]);
                points++;
            }
            else
            {
                Write(body, "null"u8);
            }
        }

        Write(body, "]"u8);
        return points;
    }
}
