using Pharos.Remote.Configuration;

namespace Pharos.Remote.Receiving;

/// <summary>Which formats are taken, said by headers.</summary>
internal static class WriteRequestHeaders
{
    private const string MediaType = "application/x-protobuf";

    /// <summary>Null when the headers name a message that is accepted, with snappy; else upstream's message. Without a word it is remote write 1.0 with snappy.</summary>
    /// <param name="contentType">The header; null when absent.</param>
    /// <param name="contentEncoding">The header; null when absent.</param>
    /// <param name="accepted">Names of the messages that are taken.</param>
    /// <param name="message">The name of the message.</param>
    public static string? FindError(string? contentType, string? contentEncoding, IReadOnlyList<string> accepted, out string message)
    {
        message = RemoteWriteConfig.Version1Message;
        if (!string.IsNullOrEmpty(contentEncoding) && !string.Equals(contentEncoding, "snappy", StringComparison.OrdinalIgnoreCase))
        {
            return $"{contentEncoding} encoding (compression) is not accepted by this server; only snappy is acceptable";
        }

        if (!string.IsNullOrWhiteSpace(contentType) && FindTypeError(contentType.Trim(), ref message) is { } error)
        {
            return error;
        }

        return accepted.Contains(message) ? null : $"{message} protobuf message is not accepted by this server; only accepts {string.Join(", ", accepted)}";
    }

    private static string? FindTypeError(string contentType, ref string message)
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
                message = pair[1].Trim();
                return message is RemoteWriteConfig.Version1Message or RemoteWriteConfig.Version2Message
                    ? null
                    : $"got {contentType} content type; unknown type for remote write protobuf message {message}, supported: {RemoteWriteConfig.Version1Message}, {RemoteWriteConfig.Version2Message}";
            }
        }

        return null;
    }
}
