namespace Pharos.Server.Options;

/// <summary>How alerts are restored and repeated.</summary>
internal sealed record RuleOptions
{
    /// <summary>How long the server may have been away so that alerts go on waiting where they were.</summary>
    public required TimeSpan OutageTolerance { get; init; }

    /// <summary>The least time from a restart until a restored alert fires.</summary>
    public required TimeSpan GracePeriod { get; init; }

    /// <summary>The least time between two messages about one alert.</summary>
    public required TimeSpan ResendDelay { get; init; }
}
