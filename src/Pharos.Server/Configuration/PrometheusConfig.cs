using Pharos.Alerting.Configuration;
using Pharos.Alerting.Forwarding;
using Pharos.Config;
using Pharos.Remote.Configuration;
using Pharos.Rules.Files;
using Pharos.Scrape.Configuration;

namespace Pharos.Server.Configuration;

/// <summary>A whole <c>prometheus.yml</c>, read and checked, with the files that it names for jobs. Immutable; replaced whole on reload.</summary>
public sealed record PrometheusConfig
{
    public GlobalConfig Global { get; init; } = new();

    public RuntimeConfig Runtime { get; init; } = new(75);

    public AlertingConfig Alerting { get; init; } = new();

    /// <summary>What the Alertmanager inside works by.</summary>
    public AlertmanagerFile Alertmanager { get; init; } = AlertmanagerFile.BuiltIn;

    /// <summary>The <c>alertmanager.yml</c> of the folder; null where there is none, and without a folder.</summary>
    public string? AlertmanagerFileOfFolder { get; init; }

    /// <summary>Two Alertmanager configurations that say the same, templates included, have the same, and others another; secrets count.</summary>
    public string AlertmanagerFingerprint { get; init; } = "";

    /// <summary>Absolute paths; the last part of each may hold wildcards, see <see cref="PathGlob"/>.</summary>
    public IReadOnlyList<string> RuleFiles { get; init; } = [];

    /// <summary>The rule files that are there, read and checked; empty until <see cref="Lifecycle.RuleCheckedSource"/> has done that.</summary>
    public IReadOnlyList<RuleFile> Rules { get; init; } = [];

    /// <summary>Absolute paths; the last part of each may hold wildcards.</summary>
    public IReadOnlyList<string> ScrapeConfigFiles { get; init; } = [];

    /// <summary>The jobs of the file itself, then those of <see cref="ScrapeConfigFiles"/>. Job names are unique.</summary>
    public IReadOnlyList<ScrapeConfig> ScrapeConfigs { get; init; } = [];

    public StorageConfig Storage { get; init; } = new();

    /// <summary>Null when not configured.</summary>
    public TracingConfig? Tracing { get; init; }

    public IReadOnlyList<RemoteWriteConfig> RemoteWrite { get; init; } = [];

    public IReadOnlyList<RemoteReadConfig> RemoteRead { get; init; } = [];

    public OtlpConfig Otlp { get; init; } = new();

    /// <summary>Whether nobody configured anything and the server's own targets are meant.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>What loads and yet will not do what its author hopes for.</summary>
    public IReadOnlyList<ConfigWarning> Warnings { get; init; } = [];

    /// <summary>The configuration in effect as YAML, defaults filled in, secrets hidden: what <c>/api/v1/status/config</c> answers.</summary>
    public string CanonicalText { get; init; } = "";

    /// <summary>Two configurations that say the same have the same, and others another; secrets count. Of the main file; jobs have their own.</summary>
    public string Fingerprint { get; init; } = "";
}
