namespace Pharos.Server.Lifecycle;

/// <summary>What runs now, for those who ask. Swapped whole by a reload. Thread-safe.</summary>
internal sealed class ActiveConfig
{
    private volatile ConfigSummary _summary = new("", TimeSpan.FromDays(15));

    /// <summary>The configuration with all its defaults, secrets hidden.</summary>
    public string Yaml => _summary.Yaml;

    public TimeSpan Retention => _summary.Retention;

    public void Set(ConfigSummary summary) => _summary = summary;
}
