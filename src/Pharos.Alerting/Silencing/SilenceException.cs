namespace Pharos.Alerting.Silencing;

/// <summary>A silence is refused; the message is upstream's.</summary>
public sealed class SilenceException : Exception
{
    internal SilenceException(string message, bool isNotFound = false)
        : base(message)
    {
        IsNotFound = isNotFound;
    }

    /// <summary>Whether there is no silence with the id.</summary>
    public bool IsNotFound { get; }

    internal static SilenceException NotFound() => new("silence not found", isNotFound: true);
}
