using Pharos.Core.Labels;

namespace Pharos.Scrape.Exposition;

/// <summary>Finds the format of a body from its Content-Type, with upstream's rules and words.</summary>
public static class ContentType
{
    /// <summary>
    /// The format to read. <paramref name="problem"/> says what was wrong with the header: with <see cref="ExpositionFormat.None"/> it is why the
    /// scrape fails, otherwise the fallback was taken. An empty <paramref name="fallbackMediaType"/> means there is none.
    /// </summary>
    public static ExpositionFormat Choose(string contentType, string fallbackMediaType, out string? problem)
    {
        bool hasFallback = fallbackMediaType.Length > 0;
        string fallback = hasFallback
            ? $"using fallback_scrape_protocol {GoQuote.Quote(fallbackMediaType)}"
            : "and no fallback_scrape_protocol";
        if (contentType.Length == 0)
        {
            problem = hasFallback
                ? $"non-compliant scrape target sending blank Content-Type, {fallback}"
                : $"non-compliant scrape target sending blank Content-Type {fallback} specified for target";
        }
        else if (!MediaType.TryParse(contentType, out string mediaType, out string? error))
        {
            problem = hasFallback
                ? $"could not parse received Content-Type {GoQuote.Quote(contentType)}, {fallback}\n{error}"
                : $"cannot parse Content-Type {GoQuote.Quote(contentType)} {fallback} for target\n{error}";
        }
        else if (Find(mediaType) is ExpositionFormat format and not ExpositionFormat.None)
        {
            problem = null;
            return format;
        }
        else
        {
            problem = hasFallback
                ? $"received unsupported Content-Type {GoQuote.Quote(contentType)}, {fallback}"
                : $"received unsupported Content-Type {GoQuote.Quote(contentType)} {fallback} specified for target";
        }

        return Find(fallbackMediaType);
    }

    private static ExpositionFormat Find(string mediaType) => mediaType switch
    {
        "text/plain" => ExpositionFormat.Text,
        "application/openmetrics-text" => ExpositionFormat.OpenMetrics,
        "application/vnd.google.protobuf" => ExpositionFormat.Protobuf,
        _ => ExpositionFormat.None,
    };
}
