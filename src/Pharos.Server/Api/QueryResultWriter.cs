using System.Buffers;
using System.Numerics;
using Pharos.Core.Buffers;
using Pharos.PromQL;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Server.Api;

/// <summary>
/// Writes the result of a query from its rows: no object per sample, the text of a step's time made once. Everything goes out as it is made.
/// </summary>
internal sealed class QueryResultWriter(ResponseBody body, QueryResult result)
{
    private byte[] _times = [];
    private int[] _timeEnds = [];

    /// <summary>Writes the value of <c>result</c>.</summary>
    /// <param name="limit">How many series at most; 0 means all.</param>
    public async ValueTask WriteAsync(int limit)
    {
        switch (result.Type)
        {
            case ExprType.Scalar:
                WriteText(FloatWriter.ToFixedString(result.ScalarValue));
                return;
            case ExprType.String:
                WriteText(result.StringValue);
                return;
        }

        int count = limit > 0 ? Math.Min(limit, result.Rows.Count) : result.Rows.Count;
        body.Write("["u8);
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
            {
                body.Write(","u8);
            }

            ResultRow row = result.Rows[i];
            if (row.Histograms.IsEmpty)
            {
                WriteRow(row);
            }
            else
            {
                await new HistogramRowWriter(body, result).WriteAsync(row).ConfigureAwait(false);
            }

            await body.FlushIfFullAsync().ConfigureAwait(false);
        }

        body.Write("]"u8);
    }

    private void WriteRow(ResultRow row)
    {
        body.Write("{\"metric\":"u8);
        JsonText.WriteLabels(body, row.Labels);
        if (result.Type == ExprType.Vector)
        {
            body.Write(",\"value\":"u8);
            WritePoint(result.StartTime, row.Values.Span[0]);
        }
        else
        {
            body.Write(",\"values\":["u8);
            if (row.Timestamps.IsEmpty)
            {
                WriteSteps(row);
            }
            else
            {
                WriteSamples(row);
            }

            body.Write("]"u8);
        }

        body.Write("}"u8);
    }

    private void WriteSteps(ResultRow row)
    {
        FormatTimes();
        ReadOnlySpan<double> values = row.Values.Span;
        ReadOnlySpan<ulong> presence = row.Presence.Span;
        bool isFirst = true;
        for (int word = 0; word < presence.Length; word++)
        {
            for (ulong bits = presence[word]; bits != 0; bits &= bits - 1)
            {
                int step = (word << 6) + BitOperations.TrailingZeroCount(bits);
                int start = step == 0 ? 0 : _timeEnds[step - 1];
                WritePoint(_times.AsSpan(start, _timeEnds[step] - start), values[step], isFirst);
                isFirst = false;
            }
        }
    }

    private void WriteSamples(ResultRow row)
    {
        Span<byte> time = stackalloc byte[JsonText.MaxTimestampLength];
        ReadOnlySpan<double> values = row.Values.Span;
        ReadOnlySpan<long> timestamps = row.Timestamps.Span;
        for (int i = 0; i < values.Length; i++)
        {
            WritePoint(time[..JsonText.WriteTimestamp(timestamps[i], time)], values[i], i == 0);
        }
    }

    private void WritePoint(long timestamp, double value)
    {
        Span<byte> time = stackalloc byte[JsonText.MaxTimestampLength];
        WritePoint(time[..JsonText.WriteTimestamp(timestamp, time)], value, isFirst: true);
    }

    // [1435781451.781,"1"]
    private void WritePoint(ReadOnlySpan<byte> time, double value, bool isFirst)
    {
        const int Punctuation = 6;
        Span<byte> output = body.GetSpan(time.Length + FloatWriter.MaxLength + Punctuation);
        int length = 0;
        if (!isFirst)
        {
            output[length++] = (byte)',';
        }

        output[length++] = (byte)'[';
        time.CopyTo(output[length..]);
        length += time.Length;
        output[length++] = (byte)',';
        output[length++] = (byte)'"';
        length += JsonText.WriteValue(value, output[length..]);
        output[length++] = (byte)'"';
        output[length++] = (byte)']';
        body.Advance(length);
    }

    // Upstream never writes an exponent here.
    private void WriteText(string text)
    {
        Span<byte> time = stackalloc byte[JsonText.MaxTimestampLength];
        body.Write("["u8);
        body.Write(time[..JsonText.WriteTimestamp(result.StartTime, time)]);
        body.Write(","u8);
        JsonText.WriteString(body, text);
        body.Write("]"u8);
    }

    private void FormatTimes()
    {
        if (_timeEnds.Length > 0)
        {
            return;
        }

        _timeEnds = new int[result.Steps];
        _times = new byte[result.Steps * JsonText.MaxTimestampLength];
        int end = 0;
        for (int step = 0; step < result.Steps; step++)
        {
            end += JsonText.WriteTimestamp(result.TimeOf(step), _times.AsSpan(end));
            _timeEnds[step] = end;
        }
    }
}
