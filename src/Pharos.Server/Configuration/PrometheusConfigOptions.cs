namespace Pharos.Server.Configuration;

/// <summary>What the reading of a configuration depends on beside its files.</summary>
public sealed record PrometheusConfigOptions
{
    /// <summary>Refuse what an agent does not do.</summary>
    public bool AgentMode { get; init; }

    /// <summary>The value of an environment variable; null when it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
