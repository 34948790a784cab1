using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.OpenStack;

/// <summary>Instances, hypervisors or load balancers of OpenStack.</summary>
internal sealed record OpenStackDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "openstack";

    public string IdentityEndpoint { get; init; } = "";

    public string Username { get; init; } = "";

    public string UserId { get; init; } = "";

    public Secret Password { get; init; }

    public string ProjectName { get; init; } = "";

    public string ProjectId { get; init; } = "";

    public string DomainName { get; init; } = "";

    public string DomainId { get; init; } = "";

    public string ApplicationCredentialName { get; init; } = "";

    public string ApplicationCredentialId { get; init; } = "";

    public Secret ApplicationCredentialSecret { get; init; }

    public string Role { get; init; } = "";

    public string Region { get; init; } = "";

    public TimeSpan RefreshInterval { get; init; }

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public bool AllTenants { get; init; }

    public TlsConfig Tls { get; init; } = new();

    /// <summary>Which endpoint: public, internal or admin.</summary>
    public string Availability { get; init; } = "";

    internal static OpenStackDiscoveryConfig Read(YamlMapping map)
    {
        var config = new OpenStackDiscoveryConfig
        {
            IdentityEndpoint = map.String("identity_endpoint"),
            Username = map.String("username"),
            UserId = map.String("userid"),
            Password = map.Secret("password"),
            ProjectName = map.String("project_name"),
            ProjectId = map.String("project_id"),
            DomainName = map.String("domain_name"),
            DomainId = map.String("domain_id"),
            ApplicationCredentialName = map.String("application_credential_name"),
            ApplicationCredentialId = map.String("application_credential_id"),
            ApplicationCredentialSecret = map.Secret("application_credential_secret"),
            Role = map.Choice("role", "", static v => $"unknown OpenStack SD role {ConfigText.Quote(v)}", "hypervisor", "instance", "loadbalancer"),
            Region = map.String("region"),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
            Port = map.Int("port", 80),
            AllTenants = map.Bool("all_tenants"),
            Tls = map.Section("tls_config", "config.plain", TlsConfig.Read, static () => new TlsConfig()),
            Availability = map.String("availability", "public"),
        };
        if (config.Availability is not ("public" or "internal" or "admin"))
        {
            map.Refuse("availability", $"unknown availability {config.Availability}, must be one of admin, internal or public");
        }

        map.Require("role", config.Role, "role missing (one of: instance, hypervisor, loadbalancer)");
        map.Require("region", config.Region, "openstack SD configuration requires a region");
        return config;
    }
}
