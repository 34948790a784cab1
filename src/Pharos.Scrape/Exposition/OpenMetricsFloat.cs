using System.Buffers;
using System.Text;
using Pharos.Core.Buffers;

namespace Pharos.Scrape.Exposition;

/// <summary>Numbers as OpenMetrics wants them in labels: <c>1.0</c>, <c>0.25</c>, <c>1e+06</c>, <c>+Inf</c>.</summary>
internal static class OpenMetricsFloat
{
    private static readonly SearchValues<byte> Telling = SearchValues.Create(".eNI"u8);

    /// <summary>Go's shortest <c>%g</c>, with <c>.0</c> behind a whole number; zero has no sign.</summary>
    public static string ToText(double value)
    {
        Span<byte> text = stackalloc byte[FloatWriter.MaxLength + 2];
        int length = FloatWriter.WriteGeneral(value == 0 ? 0 : value, text);
        if (!text[..length].ContainsAny(Telling))
        {
            ".0"u8.CopyTo(text[length..]);
            length += 2;
        }

        return Encoding.ASCII.GetString(text[..length]);
    }
}
