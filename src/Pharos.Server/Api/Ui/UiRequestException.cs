namespace Pharos.Server.Api.Ui;

/// <summary>A request of the UI that is answered by an error, see <see cref="UiError"/>.</summary>
internal sealed class UiRequestException : Exception
{
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="message">One sentence for people; holds no secret.</param>
    public UiRequestException(int statusCode, string message)
        : base(message)
    {
        StatusCode = statusCode;
    }

    public int StatusCode { get; }

    /// <summary>The unchanged text of the part that failed.</summary>
    public string? Cause { get; init; }

    public UiPlace? Place { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Fix { get; init; }
}
