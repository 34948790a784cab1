using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Pharos.Instrumentation.Exposition;

/// <summary>Chooses the format that a scraper asks for.</summary>
internal static class ExpositionContentType
{
    public const string Text = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>The format with the highest quality of those that the <c>Accept</c> headers name; text where they name none, or cannot be read.</summary>
    public static ExpositionFormat Choose(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList(accept, out IList<MediaTypeHeaderValue>? types))
        {
            return ExpositionFormat.Text;
        }

        double openMetrics = types.Where(IsOpenMetrics).Select(static t => t.Quality ?? 1).DefaultIfEmpty(0).Max();
        double text = types.Where(IsText).Select(static t => t.Quality ?? 1).DefaultIfEmpty(0).Max();
        return openMetrics > 0 && openMetrics >= text ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text;
    }

    public static string Of(ExpositionFormat format) => format == ExpositionFormat.OpenMetrics ? OpenMetrics : Text;

    // Who names no version takes any; 0.0.1 was the draft of 1.0.0.
    private static bool IsOpenMetrics(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase) && Version(type) is "" or "1.0.0" or "0.0.1";

    private static bool IsText(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase) && Version(type) is "" or "0.0.4";

    private static string Version(MediaTypeHeaderValue type) =>
        type.Parameters.FirstOrDefault(static p => p.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.GetUnescapedValue().ToString() ?? "";
}
