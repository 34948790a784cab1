using Pharos.Config.Relabeling;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;

namespace Pharos.Alerting.Forwarding;

/// <summary>Which Alertmanagers alerts are sent to, and how the alerts are rewritten before.</summary>
public sealed record AlertingConfig
{
    public IReadOnlyList<RelabelConfig> AlertRelabelConfigs { get; init; } = [];

    public IReadOnlyList<AlertmanagerConfig> Alertmanagers { get; init; } = [];

    /// <summary>Whether the section says anything.</summary>
    public bool IsEmpty => AlertRelabelConfigs.Count == 0 && Alertmanagers.Count == 0;

    /// <summary>Reads the <c>alerting</c> section.</summary>
    public static AlertingConfig Read(YamlMapping map, NameValidation validation) => new()
    {
        AlertRelabelConfigs = map.RelabelConfigs("alert_relabel_configs", validation, "empty or null alert relabeling rule"),
        Alertmanagers = map.Sections("alertmanagers", "config.AlertmanagerConfig", entry => AlertmanagerConfig.Read(entry, validation), "empty or null Alertmanager config section"),
    };
}
