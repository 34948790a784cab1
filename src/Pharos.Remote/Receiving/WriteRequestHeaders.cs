namespace Pharos.Remote.Receiving;

/// <summary>Which formats are taken, said by headers.</summary>
internal static class WriteRequestHeaders
{
    private const string MediaType = "application/x-protobuf";
    private const string Version1 = "prometheus.WriteRequest";
    private const string Version2 = "io.prometheus.write.v2.Request";

    /// <summary>Null when the headers name remote write 1.0 with snappy, or nothing at all; else upstream's message.</summary>
    public static string? FindError(string? contentType, string? contentEncoding)
    {
        if (!string.IsNullOrWhiteSpace(contentType) && FindTypeError(contentType.Trim()) is { } error)
        {
            return error;
        }

        return string.IsNullOrEmpty(contentEncoding) || string.Equals(contentEncoding, "snappy", StringComparison.OrdinalIgnoreCase)
            ? null
            : $"{contentEncoding} encoding (compression) is not accepted by this server; only snappy is acceptable";
    }

    private static string? FindTypeError(string contentType)
    {
        string[] parts = contentType.Split(';');
        if (!string.Equals(parts[0].Trim(), MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return $"expected {MediaType} as the first (media) part, got {contentType} content-type";
        }

        foreach (string part in parts.AsSpan(1))
        {
            string[] pair = part.Split('=');
            if (pair.Length != 2)
            {
                return $"as per https://www.rfc-editor.org/rfc/rfc9110#parameter expected parameters to be key-values, got {part} in {contentType} content-type";
            }

            if (pair[0].Trim() == "proto")
            {
                return pair[1].Trim() switch
                {
                    Version1 => null,
                    Version2 => $"{Version2} protobuf message is not accepted by this server; accepted [{Version1}]",
                    string other => $"got {contentType} content type; unknown remote write protobuf message {other}, supported: [{Version1}]",
                };
            }
        }

        return null;
    }
}
