namespace Pharos.Alerting.Alerts;

/// <summary>How much the store keeps.</summary>
public sealed record AlertStoreOptions
{
    /// <summary>Most alerts at once, ended ones included: a sender with a random label must not take the server's memory.</summary>
    public int MaxAlerts { get; init; } = 200_000;

    /// <summary>How long alerts are kept after their end, for those who look what was.</summary>
    public TimeSpan ResolvedRetention { get; init; } = TimeSpan.FromHours(1);
}
