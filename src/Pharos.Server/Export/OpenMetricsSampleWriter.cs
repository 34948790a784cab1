using System.Buffers;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;

namespace Pharos.Server.Export;

/// <summary>
/// Samples as OpenMetrics text without metadata, the form of <c>promtool tsdb dump-openmetrics</c>: <c>up{job="node"} 1 1795132800.000</c>, and <c># EOF</c> at last. Names beyond
/// the old form are quoted, and values escaped, as the format has it, where promtool writes what no parser reads. Values are the shortest text that reads back to the same
/// number; a staleness marker is a <c>NaN</c> like any other here. Native histograms have no form.
/// </summary>
internal sealed class OpenMetricsSampleWriter : ISampleTextWriter
{
    private readonly ArrayBufferWriter<byte> _series = new();

    public string ContentType => "application/openmetrics-text; version=1.0.0; charset=utf-8";

    public void Begin(IBufferWriter<byte> output)
    {
    }

    public void BeginSeries(Labels labels)
    {
        _series.ResetWrittenCount();
        string name = labels.MetricName;
        bool isPlain = name.Length == 0 || LabelName.IsLegacyMetric(name);
        bool isFirst = isPlain;
        if (isPlain)
        {
            SampleText.Write(_series, name);
            _series.Write("{"u8);
        }
        else
        {
            _series.Write("{"u8);
            SampleText.WriteQuoted(_series, name);
        }

        foreach (Label label in labels.AsSpan())
        {
            if (label.Name == Label.MetricName)
            {
                continue;
            }

            _series.Write(isFirst ? ""u8 : ","u8);
            isFirst = false;
            SampleText.WriteName(_series, label.Name);
            _series.Write("="u8);
            SampleText.WriteQuoted(_series, label.Value);
        }

        _series.Write("} "u8);
    }

    public void Write(IBufferWriter<byte> output, long timestamp, double value)
    {
        output.Write(_series.WrittenSpan);
        SampleText.WriteValue(output, value);
        output.Write(" "u8);
        SampleText.WriteSeconds(output, timestamp);
        output.Write("\n"u8);
    }

    public bool TryWrite(IBufferWriter<byte> output, long timestamp, FloatHistogram histogram) => false;

    public void End(IBufferWriter<byte> output) => output.Write("# EOF\n"u8);
}
