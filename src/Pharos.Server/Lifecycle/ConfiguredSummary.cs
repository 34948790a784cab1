using Pharos.Server.Configuration;

namespace Pharos.Server.Lifecycle;

/// <summary>Shows the configuration that runs. Stands last among the parts, since until then the former one runs.</summary>
internal sealed class ConfiguredSummary : IConfigured
{
    private readonly ActiveConfig _active;
    private readonly TimeSpan? _retentionFlag;

    /// <param name="active">Where it is shown.</param>
    /// <param name="retentionFlag">What <c>--storage.tsdb.retention.time</c> says, for a file that says nothing.</param>
    public ConfiguredSummary(ActiveConfig active, TimeSpan? retentionFlag)
    {
        _active = active;
        _retentionFlag = retentionFlag;
    }

    public string Name => "api";

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        _active.Set(new ConfigSummary(config.CanonicalText, Retention.Of(config, _retentionFlag)));
        return Task.CompletedTask;
    }
}
