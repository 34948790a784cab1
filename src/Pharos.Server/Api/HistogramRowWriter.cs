using System.Buffers;
using Pharos.Core.Buffers;
using Pharos.Core.Histograms;
using Pharos.PromQL;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Server.Api;

/// <summary>Writes a row in which native histograms may be: numbers apart from histograms, as upstream does.</summary>
internal sealed class HistogramRowWriter(ResponseBody body, QueryResult result)
{
    /// <summary>Writes the series with <c>value</c> or <c>histogram</c>, or with <c>values</c> and <c>histograms</c> as far as there are any. Sends what has gathered meanwhile.</summary>
    public async ValueTask WriteAsync(ResultRow row)
    {
        body.Write("{\"metric\":"u8);
        JsonText.WriteLabels(body, row.Labels);
        if (result.Type == ExprType.Vector)
        {
            body.Write(row.HistogramAt(0) is null ? ",\"value\":"u8 : ",\"histogram\":"u8);
            WritePoint(result.StartTime, row, 0);
        }
        else
        {
            await WriteListAsync(row, wantsHistograms: false).ConfigureAwait(false);
            await WriteListAsync(row, wantsHistograms: true).ConfigureAwait(false);
        }

        body.Write("}"u8);
    }

    /// <summary>The object of one histogram: count, sum and the buckets that are not empty.</summary>
    public static void WriteHistogram(IBufferWriter<byte> body, FloatHistogram histogram)
    {
        body.Write("{\"count\":"u8);
        WriteNumber(body, histogram.Count);
        body.Write(",\"sum\":"u8);
        WriteNumber(body, histogram.Sum);
        bool isFirst = true;
        foreach (HistogramBucket bucket in histogram.Buckets())
        {
            if (bucket.Count == 0)
            {
                continue;
            }

            body.Write(isFirst ? ",\"buckets\":["u8 : ","u8);
            isFirst = false;
            WriteBucket(body, bucket);
        }

        body.Write(isFirst ? "}"u8 : "]}"u8);
    }

    // [0,"0.25","0.5","12"]
    private static void WriteBucket(IBufferWriter<byte> body, in HistogramBucket bucket)
    {
        Span<byte> rule = body.GetSpan(2);
        rule[0] = (byte)'[';
        rule[1] = (byte)('0' + bucket.BoundaryRule);
        body.Advance(2);
        foreach (double number in (ReadOnlySpan<double>)[bucket.Lower, bucket.Upper, bucket.Count])
        {
            body.Write(","u8);
            WriteNumber(body, number);
        }

        body.Write("]"u8);
    }

    private static void WriteNumber(IBufferWriter<byte> body, double value)
    {
        Span<byte> output = body.GetSpan(FloatWriter.MaxLength + 2);
        output[0] = (byte)'"';
        int length = 1 + JsonText.WriteValue(value, output[1..]);
        output[length++] = (byte)'"';
        body.Advance(length);
    }

    private async ValueTask WriteListAsync(ResultRow row, bool wantsHistograms)
    {
        bool any = false;
        for (int i = 0; i < row.Values.Length; i++)
        {
            bool isThere = row.Timestamps.IsEmpty ? i < result.Steps && row.Has(i) : i < row.Timestamps.Length;
            if (!isThere || row.HistogramAt(i) is not null != wantsHistograms)
            {
                continue;
            }

            body.Write(any ? ","u8 : wantsHistograms ? ",\"histograms\":["u8 : ",\"values\":["u8);
            any = true;
            WritePoint(row.Timestamps.IsEmpty ? result.TimeOf(i) : row.Timestamps.Span[i], row, i);
            await body.FlushIfFullAsync().ConfigureAwait(false);
        }

        if (any)
        {
            body.Write("]"u8);
        }
    }

    private void WritePoint(long timestamp, ResultRow row, int place)
    {
        body.Write("["u8);
        body.Advance(JsonText.WriteTimestamp(timestamp, body.GetSpan(JsonText.MaxTimestampLength)));
        body.Write(","u8);
        if (row.HistogramAt(place) is { } histogram)
        {
            WriteHistogram(body, histogram);
        }
        else
        {
            WriteNumber(body, row.Values.Span[place]);
        }

        body.Write("]"u8);
    }
}
