using System.Buffers;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Samples;

namespace Pharos.Scrape.Host;

/// <summary>Writes the text format 0.0.4. Not thread-safe.</summary>
internal sealed class ExpositionWriter(IBufferWriter<byte> output)
{
    private string _family = "";

    /// <summary>Begins a family: the samples that follow are its.</summary>
    public void Family(string name, MetricType type, string help)
    {
        _family = name;
        string typeText = type == MetricType.Unknown ? "untyped" : type.ToText();
        Text($"# HELP {name} {help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\n# TYPE {name} {typeText}\n");
    }

    /// <summary>A family of one sample without labels.</summary>
    public void Single(string name, MetricType type, string help, double value)
    {
        Family(name, type, help);
        Sample(value);
    }

    /// <summary>A sample of the family, with labels in the order given.</summary>
    public void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var line = new StringBuilder(_family);
        for (int i = 0; i < labels.Length; i++)
        {
            line.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"").Append(Escape(labels[i].Value)).Append('"');
        }

        line.Append(labels.IsEmpty ? " " : "} ").Append(FloatWriter.ToGeneralString(value)).Append('\n');
        Text(line.ToString());
    }

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal);

    private void Text(string text) => Encoding.UTF8.GetBytes(text, output);
}
