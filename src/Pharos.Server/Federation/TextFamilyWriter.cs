using System.Buffers;
using Pharos.Core.Labels;
using Pharos.Server.Export;

namespace Pharos.Server.Federation;

/// <summary>The text format 0.0.4, as github.com/prometheus/common writes it.</summary>
internal sealed class TextFamilyWriter(FederationFormat format) : IFamilyWriter
{
    private string _name = "";

    public bool HasNativeHistograms => false;

    public void Begin(IBufferWriter<byte> output, string name, FamilyType type)
    {
        _name = format.Escape(name);
        output.Write("# TYPE "u8);
        SampleText.WriteName(output, _name);
        output.Write(type == FamilyType.Untyped ? " untyped\n"u8 : " histogram\n"u8);
    }

    public void Write(IBufferWriter<byte> output, ReadOnlySpan<Label> labels, in FederatedSample sample)
    {
        if (sample.Histogram is not { } histogram)
        {
            WriteLine(output, _name, labels, bound: null, sample.Value, sample.Timestamp);
            return;
        }

        foreach ((double bound, double count) in ClassicBucketCounts.Of(histogram))
        {
            WriteLine(output, _name + "_bucket", labels, bound, count, sample.Timestamp);
        }

        WriteLine(output, _name + "_bucket", labels, double.PositiveInfinity, histogram.Count, sample.Timestamp);
        WriteLine(output, _name + "_sum", labels, bound: null, histogram.Sum, sample.Timestamp);
        WriteLine(output, _name + "_count", labels, bound: null, histogram.Count, sample.Timestamp);
    }

    public void End(IBufferWriter<byte> output)
    {
    }

    private void WriteLine(IBufferWriter<byte> output, string name, ReadOnlySpan<Label> labels, double? bound, double value, long timestamp)
    {
        bool isInside = !LabelName.IsLegacyMetric(name);
        output.Write(isInside ? "{"u8 : ""u8);
        SampleText.WriteName(output, name);
        bool isOpen = isInside;
        foreach (Label label in labels)
        {
            output.Write(isOpen ? ","u8 : "{"u8);
            isOpen = true;
            SampleText.WriteName(output, format.Escape(label.Name));
            output.Write("="u8);
            SampleText.WriteQuoted(output, label.Value);
        }

        if (bound is { } upper)
        {
            output.Write(isOpen ? ",le=\""u8 : "{le=\""u8);
            isOpen = true;
            WriteNumber(output, upper);
            output.Write("\""u8);
        }

        output.Write(isOpen ? "} "u8 : " "u8);
        WriteNumber(output, value);
        output.Write(" "u8);
        SampleText.WriteMilliseconds(output, timestamp);
        output.Write("\n"u8);
    }

    // Minus zero has no sign here.
    private static void WriteNumber(IBufferWriter<byte> output, double value) => SampleText.WriteValue(output, value == 0 ? 0 : value);
}
