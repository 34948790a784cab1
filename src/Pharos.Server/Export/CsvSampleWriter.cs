using System.Buffers;
using System.Text;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Server.Export;

/// <summary>
/// Samples as CSV (RFC 4180, but with bare line feeds): the columns <c>name,labels,timestamp,value</c>, the labels as <c>{job="node"}</c>, the timestamp in seconds with three decimals.
/// Values are the shortest text that reads back to the same number; a staleness marker is <c>stale</c>, a native histogram the text upstream prints of it.
/// </summary>
internal sealed class CsvSampleWriter : ISampleTextWriter
{
    private readonly ArrayBufferWriter<byte> _series = new();

    public string ContentType => "text/csv; charset=utf-8; header=present";

    public void Begin(IBufferWriter<byte> output) => output.Write("name,labels,timestamp,value\n"u8);

    public void BeginSeries(Labels labels)
    {
        _series.ResetWrittenCount();
        WriteField(labels.MetricName);
        _series.Write(","u8);
        WriteField(new LabelsBuilder(labels).Remove(Label.MetricName).ToLabels().ToString());
        _series.Write(","u8);
    }

    public void Write(IBufferWriter<byte> output, long timestamp, double value)
    {
        WriteStart(output, timestamp);
        if (Staleness.IsMarker(value))
        {
            output.Write("stale\n"u8);
            return;
        }

        SampleText.WriteValue(output, value);
        output.Write("\n"u8);
    }

    public bool TryWrite(IBufferWriter<byte> output, long timestamp, FloatHistogram histogram)
    {
        WriteStart(output, timestamp);
        SampleText.Write(output, Staleness.IsMarker(histogram.Sum) ? "stale\n" : $"\"{histogram.ToText()}\"\n");
        return true;
    }

    public void End(IBufferWriter<byte> output)
    {
    }

    private void WriteStart(IBufferWriter<byte> output, long timestamp)
    {
        output.Write(_series.WrittenSpan);
        SampleText.WriteSeconds(output, timestamp);
        output.Write(","u8);
    }

    private void WriteField(string text)
    {
        bool isQuoted = text.AsSpan().ContainsAny(",\"\r\n");
        SampleText.Write(_series, isQuoted ? new StringBuilder(text).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString() : text);
    }
}
