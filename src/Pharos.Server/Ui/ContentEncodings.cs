using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Pharos.Server.Ui;

internal static class ContentEncodings
{
    public static string FileSuffix(this ContentEncoding encoding) => encoding switch
    {
        ContentEncoding.Brotli => ".br",
        ContentEncoding.Gzip => ".gz",
        _ => "",
    };

    /// <summary>The smallest form that both sides know.</summary>
    public static ContentEncoding Choose(StringValues acceptEncoding, UiAsset asset)
        => asset.HasBrotli && Accepts(acceptEncoding, "br") ? ContentEncoding.Brotli
            : asset.HasGzip && Accepts(acceptEncoding, "gzip") ? ContentEncoding.Gzip
            : ContentEncoding.None;

    /// <summary>Whether a header of preferences names a value with a weight above zero.</summary>
    public static bool Accepts(StringValues header, string value)
    {
        foreach (string? line in header)
        {
            foreach (Range range in line.AsSpan().Split(','))
            {
                if (Names(line.AsSpan()[range], value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Names(ReadOnlySpan<char> element, string value)
    {
        int end = element.IndexOf(';');
        ReadOnlySpan<char> name = end < 0 ? element : element[..end];
        if (!name.Trim().Equals(value, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ReadOnlySpan<char> parameters = end < 0 ? [] : element[(end + 1)..].Trim();
        return !parameters.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            || !double.TryParse(parameters[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double weight)
            || weight > 0;
    }
}
