namespace Pharos.Server.Configuration.Files;

/// <summary>Words for the kinds.</summary>
internal static class ConfigFileKindText
{
    /// <summary>What the file is, for people.</summary>
    public static string Describe(this ConfigFileKind kind) => kind switch
    {
        ConfigFileKind.Prometheus => "Prometheus configuration",
        ConfigFileKind.ScrapeConfigs => "scrape jobs of a Prometheus configuration",
        ConfigFileKind.Rules => "rule file",
        ConfigFileKind.RuleTests => "unit tests of rules",
        ConfigFileKind.Targets => "target file",
        ConfigFileKind.WebConfig => "web configuration",
        ConfigFileKind.Alertmanager => "Alertmanager configuration",
        ConfigFileKind.Dashboard => "Grafana dashboard",
        ConfigFileKind.Datasources => "Grafana datasources",
        ConfigFileKind.DashboardProviders => "Grafana dashboard providers",
        ConfigFileKind.GrafanaAlerting => "Grafana alerting",
        ConfigFileKind.Manifest => "Kubernetes manifest",
        ConfigFileKind.Unreadable => "unreadable",
        _ => "no configuration, left alone",
    };

    /// <summary>Whether this version does something with such files.</summary>
    public static bool IsUsed(this ConfigFileKind kind) => kind is ConfigFileKind.Prometheus or ConfigFileKind.ScrapeConfigs or ConfigFileKind.Targets or ConfigFileKind.Rules or ConfigFileKind.WebConfig
        or ConfigFileKind.Dashboard or ConfigFileKind.Datasources or ConfigFileKind.DashboardProviders or ConfigFileKind.Alertmanager;
}
