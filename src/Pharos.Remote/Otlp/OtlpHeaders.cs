namespace Pharos.Remote.Otlp;

/// <summary>Which encodings are taken, said by headers.</summary>
internal static class OtlpHeaders
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    /// <summary>Upstream's message where the body cannot be read; null where it can. Parameters of the type do not matter, which upstream refuses.</summary>
    public static string? FindError(string? contentType, string? contentEncoding, out bool isJson, out bool isGzip)
    {
        ReadOnlySpan<char> type = contentType;
        type = (type.IndexOf(';') is int end and >= 0 ? type[..end] : type).Trim();
        isJson = type.Equals(Json, StringComparison.OrdinalIgnoreCase);
        isGzip = string.Equals(contentEncoding, "gzip", StringComparison.OrdinalIgnoreCase);
        if (!isJson && !type.Equals(Protobuf, StringComparison.OrdinalIgnoreCase))
        {
            return $"unsupported content type: {contentType}, supported: [{Json}, {Protobuf}]";
        }

        return isGzip || string.IsNullOrEmpty(contentEncoding)
            ? null
            : $"unsupported compression: {contentEncoding}. Only \"gzip\" or no compression supported";
    }
}
