namespace Pharos.Server.Configuration.Files;

/// <summary>What a file is, told by its content.</summary>
internal enum ConfigFileKind
{
    /// <summary>No configuration: left alone.</summary>
    None = 0,

    /// <summary><c>prometheus.yml</c>.</summary>
    Prometheus,

    /// <summary>Scrape jobs alone, or a whole configuration, that a Prometheus configuration names in <c>scrape_config_files</c>.</summary>
    ScrapeConfigs,

    /// <summary>Groups of recording and alerting rules.</summary>
    Rules,

    /// <summary>Unit tests of rules.</summary>
    RuleTests,

    /// <summary>Target groups for <c>file_sd_configs</c>.</summary>
    Targets,

    /// <summary>TLS and users of the web server.</summary>
    WebConfig,

    /// <summary><c>alertmanager.yml</c>.</summary>
    Alertmanager,

    /// <summary>A Grafana dashboard.</summary>
    Dashboard,

    /// <summary>Grafana's list of datasources.</summary>
    Datasources,

    /// <summary>Grafana's list of folders with dashboards.</summary>
    DashboardProviders,

    /// <summary>Grafana's alerting rules.</summary>
    GrafanaAlerting,

    /// <summary>Kubernetes objects.</summary>
    Manifest,

    /// <summary>It should be configuration, and cannot be parsed.</summary>
    Unreadable,
}
