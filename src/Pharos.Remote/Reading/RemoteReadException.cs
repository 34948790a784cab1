namespace Pharos.Remote.Reading;

/// <summary>A remote read request cannot be answered, and the asker is told why.</summary>
public sealed class RemoteReadException : Exception
{
    internal const int BadRequest = 400;
    internal const int InternalError = 500;

    /// <summary>Says why and with which HTTP status.</summary>
    public RemoteReadException(int statusCode, string message)
        : base(message)
    {
        StatusCode = statusCode;
    }

    /// <summary>The HTTP status of the answer.</summary>
    public int StatusCode { get; }
}
