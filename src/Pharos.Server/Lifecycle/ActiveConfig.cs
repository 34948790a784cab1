using Pharos.Storage;

namespace Pharos.Server.Lifecycle;

/// <summary>What runs now, for those who ask. Swapped whole by a reload. Thread-safe.</summary>
internal sealed class ActiveConfig
{
    private volatile ConfigSummary _summary = new("", new RetentionLimits(TimeSpan.FromDays(15), 0, 0));

    /// <summary>The configuration with all its defaults, secrets hidden.</summary>
    public string Yaml => _summary.Yaml;

    /// <summary>How much history is kept.</summary>
    public RetentionLimits Retention => _summary.Retention;

    public void Set(ConfigSummary summary) => _summary = summary;
}
