using System.Net.Sockets;
using System.Security.Authentication;

namespace Pharos.Scrape.Http;

/// <summary>Says why a request failed as Go's client says it, the form that operators know from Prometheus.</summary>
internal static class FetchError
{
    /// <summary>A target may put its own bytes into a message; no reader needs more of them, in characters.</summary>
    private const int MaxMessageLength = 200;

    /// <summary>Before the answer's headers were there.</summary>
    public static string Describe(Exception error, Uri uri)
    {
        if (Find<SocketException>(error) is { } socket)
        {
            return Describe(socket, uri);
        }

        if (Find<AuthenticationException>(error) is { } authentication)
        {
            string reason = authentication.Message;
            return reason.StartsWith("x509", StringComparison.Ordinal) ? $"tls: failed to verify certificate: {reason}" : $"tls: {reason}";
        }

        return (error as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.ResponseEnded => "EOF",
            HttpRequestError.InvalidResponse => $"malformed HTTP response: {Printable(error.Message)}",
            HttpRequestError.ConfigurationLimitExceeded => $"response headers are too large: {error.Message}",
            _ => Printable(error.Message),
        };
    }

    /// <summary>While the body was read.</summary>
    public static string WhileReading(Exception error, int read)
    {
        if (error is InvalidDataException)
        {
            return read == 0 ? "gzip: invalid header" : "gzip: invalid data or unexpected EOF";
        }

        if (Find<SocketException>(error) is { } socket)
        {
            return $"read tcp: {Reason(socket)}";
        }

        return (error as HttpIOException)?.HttpRequestError switch
        {
            HttpRequestError.ResponseEnded => "unexpected EOF",
            HttpRequestError.InvalidResponse => $"malformed HTTP response: {Printable(error.Message)}",
            _ => Printable(error.Message),
        };
    }

    /// <summary>The beginning of a message on one line, with a question mark for what cannot be printed.</summary>
    private static string Printable(string message)
    {
        string start = message.Length <= MaxMessageLength ? message : $"{message.AsSpan(0, MaxMessageLength)}...";
        return string.Create(start.Length, start, static (text, source) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
    }

    private static string Describe(SocketException error, Uri uri) => error.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData => $"dial tcp: lookup {uri.IdnHost}: no such host",
        SocketError.TryAgain => $"dial tcp: lookup {uri.IdnHost}: server misbehaving",
        SocketError.ConnectionReset => $"read tcp {uri.Authority}: read: connection reset by peer",
        _ => $"dial tcp {uri.Host}:{uri.Port}: connect: {Reason(error)}",
    };

    private static string Reason(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset by peer",
        SocketError.NetworkUnreachable => "network is unreachable",
        SocketError.HostUnreachable => "no route to host",
        SocketError.TimedOut => "connection timed out",
        _ => error.Message,
    };

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        while (error is not null and not T)
        {
            error = error.InnerException;
        }

        return error as T;
    }
}
