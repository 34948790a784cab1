using System.Buffers;
using System.Text;
using Pharos.Instrumentation.Exposition;

namespace Pharos.Instrumentation.Tests;

/// <summary>What a registry writes, as text.</summary>
internal static class Exposed
{
    public static string Text(MetricRegistry registry, ExpositionFormat format = ExpositionFormat.Text)
    {
        var output = new ArrayBufferWriter<byte>();
        registry.Write(output, format);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The value of the sample whose name and labels are written so.</summary>
    public static string Value(string text, string series) =>
        Assert.Single(text.Split('\n'), line => line.StartsWith(series + " ", StringComparison.Ordinal))[(series.Length + 1)..];
}
