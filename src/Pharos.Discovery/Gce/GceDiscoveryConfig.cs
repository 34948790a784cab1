using Pharos.Config.Yaml;

namespace Pharos.Discovery.Gce;

/// <summary>Instances of a zone of a Google Cloud project.</summary>
internal sealed record GceDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "gce";

    public string Project { get; init; } = "";

    public string Zone { get; init; } = "";

    public string Filter { get; init; } = "";

    public TimeSpan RefreshInterval { get; init; }

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public string TagSeparator { get; init; } = "";

    internal static GceDiscoveryConfig Read(YamlMapping map)
    {
        var config = new GceDiscoveryConfig
        {
            Project = map.String("project"),
            Zone = map.String("zone"),
            Filter = map.String("filter"),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Port = map.Int("port", 80),
            TagSeparator = map.String("tag_separator", ","),
        };
        map.Require("project", config.Project, "GCE SD configuration requires a project");
        map.Require("zone", config.Zone, "GCE SD configuration requires a zone");
        return config;
    }
}
