namespace Pharos.Server.Lifecycle;

/// <summary>What runs now, for those who ask. Swapped whole by a reload. Thread-safe.</summary>
internal sealed class ActiveConfig
{
    private volatile ConfigSummary _summary = new("", TimeSpan.FromDays(15), HasRules: false, HasAlertmanagers: false);

    /// <summary>The configuration with all its defaults, secrets hidden.</summary>
    public string Yaml => _summary.Yaml;

    public TimeSpan Retention => _summary.Retention;

    /// <summary>Whether rule files are named.</summary>
    public bool HasRules => _summary.HasRules;

    /// <summary>Whether Alertmanagers are named.</summary>
    public bool HasAlertmanagers => _summary.HasAlertmanagers;

    public void Set(ConfigSummary summary) => _summary = summary;
}
