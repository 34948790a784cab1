namespace Pharos.Server.Api;

/// <summary>The body of a request cannot be read. The message is one sentence for people.</summary>
internal sealed class JsonBodyException : Exception
{
    public JsonBodyException(string message, int statusCode, Exception? inner = null)
        : base(message, inner)
    {
        StatusCode = statusCode;
    }

    public int StatusCode { get; }

    /// <summary>From 1; 0 when no place can be named.</summary>
    public int Line { get; init; }

    /// <summary>In bytes from 1; 0 when no place can be named.</summary>
    public int Column { get; init; }
}
