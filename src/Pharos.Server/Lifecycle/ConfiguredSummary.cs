using Pharos.Server.Configuration;
using Pharos.Server.Options;

namespace Pharos.Server.Lifecycle;

/// <summary>Shows the configuration that runs. Stands last among the parts, since until then the former one runs.</summary>
internal sealed class ConfiguredSummary : IConfigured
{
    private readonly ActiveConfig _active;
    private readonly StorageOptions _storage;

    /// <param name="active">Where it is shown.</param>
    /// <param name="storage">What the flags say, for a file that says nothing.</param>
    public ConfiguredSummary(ActiveConfig active, StorageOptions storage)
    {
        _active = active;
        _storage = storage;
    }

    public string Name => "api";

    public Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        _active.Set(new ConfigSummary(config.CanonicalText, Retention.Of(config, _storage)));
        return Task.CompletedTask;
    }
}
