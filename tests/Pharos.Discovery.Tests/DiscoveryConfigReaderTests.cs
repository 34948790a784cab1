using Pharos.Config;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Discovery.Files;
using Pharos.Discovery.Kubernetes;
using Pharos.Discovery.Static;

namespace Pharos.Discovery.Tests;

public sealed class DiscoveryConfigReaderTests
{
    [Theory]
    [InlineData("aws_sd_configs: [{role: ec2}]", "aws")]
    [InlineData("azure_sd_configs: [{subscription_id: a, tenant_id: b, client_id: c, client_secret: d}]", "azure")]
    [InlineData("consul_sd_configs: [{server: a:1}]", "consul")]
    [InlineData("digitalocean_sd_configs: [{role: databases}]", "digitalocean")]
    [InlineData("dns_sd_configs: [{names: [a]}]", "dns")]
    [InlineData("docker_sd_configs: [{host: 'unix:///x'}]", "docker")]
    [InlineData("dockerswarm_sd_configs: [{host: 'unix:///x', role: nodes}]", "dockerswarm")]
    [InlineData("ec2_sd_configs: [{region: a, filters: [{name: x, values: [y]}]}]", "ec2")]
    [InlineData("ecs_sd_configs: [{clusters: [a]}]", "ecs")]
    [InlineData("elasticache_sd_configs: [{region: a}]", "elasticache")]
    [InlineData("eureka_sd_configs: [{server: 'http://a'}]", "eureka")]
    [InlineData("gce_sd_configs: [{project: a, zone: b}]", "gce")]
    [InlineData("hetzner_sd_configs: [{role: robot}]", "hetzner")]
    [InlineData("http_sd_configs: [{url: 'http://a'}]", "http")]
    [InlineData("ionos_sd_configs: [{datacenter_id: a}]", "ionos")]
    [InlineData("kubernetes_sd_configs: [{role: pod}]", "kubernetes")]
    [InlineData("kuma_sd_configs: [{server: 'http://a'}]", "kuma")]
    [InlineData("lightsail_sd_configs: [{region: a}]", "lightsail")]
    [InlineData("linode_sd_configs: [{region: a}]", "linode")]
    [InlineData("marathon_sd_configs: [{servers: [a]}]", "marathon")]
    [InlineData("msk_sd_configs: [{region: a}]", "msk")]
    [InlineData("nerve_sd_configs: [{servers: [a], paths: [/b]}]", "nerve")]
    [InlineData("nomad_sd_configs: [{server: 'http://a'}]", "nomad")]
    [InlineData("oci_sd_configs: [{region: a, auth: instance_principal}]", "oci")]
    [InlineData("openstack_sd_configs: [{role: instance, region: a}]", "openstack")]
    [InlineData("outscale_sd_configs: [{access_key: a, secret_key: b}]", "outscale")]
    [InlineData("ovhcloud_sd_configs: [{application_key: a, application_secret: b, consumer_key: c, service: vps}]", "ovhcloud")]
    [InlineData("puppetdb_sd_configs: [{url: 'http://a', query: b}]", "puppetdb")]
    [InlineData("rds_sd_configs: [{region: a}]", "rds")]
    [InlineData("scaleway_sd_configs: [{role: instance, project_id: a, access_key: b, secret_key: c}]", "scaleway")]
    [InlineData("serverset_sd_configs: [{servers: [a], paths: [/b]}]", "serverset")]
    [InlineData("stackit_sd_configs: [{project: a}]", "stackit")]
    [InlineData("triton_sd_configs: [{account: a, dns_suffix: b, endpoint: c}]", "triton")]
    [InlineData("uyuni_sd_configs: [{server: 'http://a', username: b, password: c}]", "uyuni")]
    [InlineData("vultr_sd_configs: [{port: 1}]", "vultr")]
    public void A_mechanism_that_is_not_built_yet_loads_with_a_warning_and_says_why(string text, string mechanism)
    {
        (IReadOnlyList<DiscoveryConfig> configs, ConfigDiagnostics found, _) = Read(text);

        Assert.Empty(found.Errors);
        DiscoveryConfig config = Assert.Single(configs);
        Assert.Equal((mechanism, $"{mechanism} discovery is not built yet"), (config.Mechanism, config.NotAvailable));
        Assert.Equal($"test.yml:1:{text.IndexOf('{', StringComparison.Ordinal) + 1}: {text[..text.IndexOf(':', StringComparison.Ordinal)]}: not available: {mechanism} discovery is not built yet", Assert.Single(found.Warnings).ToString());
        Assert.Equal(64, config.Fingerprint.Length);
    }

    [Theory]
    [InlineData("azure_sd_configs: [{subscription_id: a}]", "azure SD configuration requires a tenant_id|azure SD configuration requires a client_id|azure SD configuration requires a client_secret")]
    [InlineData("aws_sd_configs: [{region: a}]", "unknown AWS SD role \"\"")]
    [InlineData("aws_sd_configs: [{role: s3}]", "unknown AWS SD role \"s3\"")]
    [InlineData("consul_sd_configs: [{server: ' '}]", "consul SD configuration requires a server address")]
    [InlineData("consul_sd_configs: [{username: a, basic_auth: {username: b}}]", "at most one of consul SD configuration username and password and basic auth can be configured")]
    [InlineData("consul_sd_configs: [{token: a, authorization: {credentials: b}}]", "at most one of consul SD token, authorization, or oauth2 can be configured")]
    [InlineData("digitalocean_sd_configs: [{role: ''}]", "unknown DigitalOcean SD role \"\"")]
    [InlineData("digitalocean_sd_configs: [{role: ~}]", "role missing (one of: droplets, databases)")]
    [InlineData("digitalocean_sd_configs: [{role: x}]", "unknown DigitalOcean SD role \"x\"")]
    [InlineData("dns_sd_configs: [{names: []}]", "DNS-SD config must contain at least one SRV record name")]
    [InlineData("dns_sd_configs: [{names: [a], type: A}]", "a port is required in DNS-SD configs for all record types except SRV")]
    [InlineData("dns_sd_configs: [{names: [a], type: TXT}]", "invalid DNS-SD records type TXT")]
    [InlineData("docker_sd_configs: [{port: 1}]", "host missing")]
    [InlineData("dockerswarm_sd_configs: [{host: a}]", "role missing (one of: tasks, services, nodes)")]
    [InlineData("dockerswarm_sd_configs: [{host: a, role: x}]", "invalid role x, expected tasks, services, or nodes")]
    [InlineData("ec2_sd_configs: [{filters: [{name: a}]}]", "EC2 SD configuration filter values cannot be empty")]
    [InlineData("eureka_sd_configs: [{server: a.com}]", "eureka_sd: invalid eureka server URL")]
    [InlineData("file_sd_configs: [{files: []}]", "file service discovery config must contain at least one path name")]
    [InlineData("file_sd_configs: [{files: [a.txt]}]", "path name \"a.txt\" is not valid for file discovery")]
    [InlineData("file_sd_configs: [{files: ['*/a.yml']}]", "path name \"*/a.yml\" is not valid for file discovery")]
    [InlineData("gce_sd_configs: [{port: 1}]", "GCE SD configuration requires a project|GCE SD configuration requires a zone")]
    [InlineData("hetzner_sd_configs: [{port: 1}]", "role missing (one of: robot, hcloud)")]
    [InlineData("http_sd_configs: [{refresh_interval: 1m}]", "URL is missing")]
    [InlineData("http_sd_configs: [{url: 'ftp://a'}]", "URL scheme must be 'http' or 'https'")]
    [InlineData("http_sd_configs: [{url: 'http://'}]", "host is missing in URL")]
    [InlineData("ionos_sd_configs: [{port: 1}]", "datacenter id can't be empty")]
    [InlineData("kubernetes_sd_configs: [{api_server: 'http://a'}]", "role missing (one of: pod, service, endpoints, endpointslice, node, ingress)")]
    [InlineData("kubernetes_sd_configs: [{role: x}]", "unknown Kubernetes SD role \"x\"")]
    [InlineData("kubernetes_sd_configs: [{role: pod, basic_auth: {username: a}}]", "to use custom HTTP client configuration please provide the 'api_server' URL explicitly")]
    [InlineData("kubernetes_sd_configs: [{role: pod, api_server: 'http://a', namespaces: {own_namespace: true}}]", "cannot use 'api_server' and 'namespaces.own_namespace' simultaneously")]
    [InlineData("kubernetes_sd_configs: [{role: pod, kubeconfig_file: a, namespaces: {own_namespace: true}}]", "cannot use 'kubeconfig_file' and 'namespaces.own_namespace' simultaneously")]
    [InlineData("kubernetes_sd_configs: [{role: node, selectors: [{role: pod}]}]", "node role supports only node selectors")]
    [InlineData("kubernetes_sd_configs: [{role: pod, selectors: [{role: pod, field: status}]}]", "invalid selector: 'status'; can't understand 'status'")]
    [InlineData("kubernetes_sd_configs: [{role: pod, selectors: [{role: pod, label: 'a in b'}]}]", "unable to parse requirement: 'a in b' is not a label selector")]
    [InlineData("kuma_sd_configs: [{server: a}]", "kuma SD server must not be empty and have a scheme: a")]
    [InlineData("marathon_sd_configs: [{servers: []}]", "marathon_sd: must contain at least one Marathon server")]
    [InlineData("marathon_sd_configs: [{servers: [a], auth_token: b, auth_token_file: c}]", "marathon_sd: at most one of auth_token & auth_token_file must be configured")]
    [InlineData("nerve_sd_configs: [{servers: [a], paths: [b]}]", "nerve SD config paths must begin with '/': b")]
    [InlineData("serverset_sd_configs: [{timeout: 1s}]", "serverset SD config must contain at least one Zookeeper server|serverset SD config must contain at least one path")]
    [InlineData("nomad_sd_configs: [{server: ''}]", "nomad SD configuration requires a server address")]
    [InlineData("oci_sd_configs: [{region: a}]", "oci_sd: api_key auth requires tenancy|oci_sd: api_key auth requires user|oci_sd: api_key auth requires fingerprint|oci_sd: api_key auth requires key_file")]
    [InlineData("oci_sd_configs: [{region: a, auth: instance_principal, user: b}]", "oci_sd: instance_principal auth must not have tenancy, user, fingerprint, key_file, key_passphrase, or key_passphrase_file set")]
    [InlineData("openstack_sd_configs: [{role: instance}]", "openstack SD configuration requires a region")]
    [InlineData("outscale_sd_configs: [{secret_key: b}]", "outscale SD configuration requires access_key")]
    [InlineData("ovhcloud_sd_configs: [{service: vps}]", "application key can not be empty|application secret can not be empty|consumer key can not be empty")]
    [InlineData("puppetdb_sd_configs: [{url: 'http://a'}]", "query missing")]
    [InlineData("scaleway_sd_configs: [{role: instance, project_id: a, access_key: b}]", "one of secret_key & secret_key_file must be configured")]
    [InlineData("stackit_sd_configs: [{region: ''}]", "stackit_sd: endpoint and region missing")]
    [InlineData("triton_sd_configs: [{role: x, account: a, dns_suffix: b, endpoint: c}]", "triton SD configuration requires role to be 'container' or 'cn'")]
    [InlineData("uyuni_sd_configs: [{server: a}]", "Uyuni SD configuration requires a username|Uyuni SD configuration requires a password")]
    [InlineData("vultr_sd_configs: [~]", "empty or null section in vultr_sd_configs")]
    [InlineData("vultr_sd_configs: [{prot: 1}]", "field prot not found in type vultr.plain")]
    [InlineData("static_configs: [~]", "empty or null section in static_configs")]
    [InlineData("static_configs: [{targets: ['http://a']}]", "\"http://a\" is not a valid hostname")]
    [InlineData("static_configs: [{targets: [a], labels: {'': b}}]", "\"\" is not a valid label name")]
    public void A_wrong_configuration_is_refused_in_upstreams_words(string text, string messages)
    {
        (_, ConfigDiagnostics found, _) = Read(text);

        Assert.Equal(messages.Split('|'), found.Errors.Select(e => e.Message));
        Assert.All(found.Errors, e => Assert.Equal(1, e.Line));
    }

    [Fact]
    public void Static_configurations_are_one_mechanism_with_a_group_each()
    {
        (IReadOnlyList<DiscoveryConfig> configs, ConfigDiagnostics found, string canonical) = Read("static_configs: [{targets: [a:1, b:2], labels: {x: y, z: 5}}, {targets: [c:3]}]");

        StaticDiscoveryConfig config = Assert.IsType<StaticDiscoveryConfig>(Assert.Single(configs));
        Assert.Empty(found.Errors);
        Assert.Null(config.NotAvailable);
        Assert.Equal(["0", "1"], config.Groups.Select(g => g.Source));
        Assert.Equal(["a:1", "b:2"], config.Groups[0].Targets.Select(t => t[TargetGroup.AddressLabel]));
        Assert.Equal("{x=\"y\", z=\"5\"}", config.Groups[0].Labels.ToString());
        Assert.Equal("static_configs:\n- targets:\n  - a:1\n  - b:2\n  labels:\n    x: \"y\"\n    z: \"5\"\n- targets:\n  - c:3\n", canonical);
    }

    [Fact]
    public void A_url_as_target_is_taken_where_relabelling_may_mend_it()
    {
        var found = new ConfigDiagnostics("test.yml");
        YamlNode node = YamlParser.ParseText("static_configs: [{targets: ['http://a/b']}]", found)![0];

        YamlMapping.Read(node, "test", default, found, map => map.ReadDiscovery(checkHosts: false), out _);

        Assert.Empty(found.Errors);
    }

    [Fact]
    public void File_patterns_are_seen_from_the_folder_of_the_file()
    {
        (IReadOnlyList<DiscoveryConfig> configs, _, _) = Read("file_sd_configs: [{files: [t/*.json, /abs/x.yml]}]");

        FileDiscoveryConfig config = Assert.IsType<FileDiscoveryConfig>(Assert.Single(configs));
        Assert.Equal([Path.GetFullPath("t/*.json"), "/abs/x.yml"], config.Files);
        Assert.Equal((TimeSpan.FromMinutes(5), (string?)null), (config.RefreshInterval, config.NotAvailable));
    }

    [Fact]
    public void Kubernetes_selectors_and_metadata_are_read()
    {
        (IReadOnlyList<DiscoveryConfig> configs, ConfigDiagnostics found, _) = Read("""
            kubernetes_sd_configs:
            - role: endpointslice
              api_server: https://k8s:6443
              namespaces: {names: [a, b]}
              attach_metadata: {node: true, cronjob: true}
              selectors:
              - {role: pod, label: 'app=web,tier!=db,env in (a, b),!canary,version>3', field: 'metadata.name=x,status.phase!=Running'}
              - {role: service}
            """);

        KubernetesDiscoveryConfig config = Assert.IsType<KubernetesDiscoveryConfig>(Assert.Single(configs));
        Assert.Empty(found.Errors);
        Assert.Equal((2, true, true, false), (config.Selectors.Count, config.AttachMetadata.Node, config.AttachMetadata.CronJob, config.AttachMetadata.Job));
        Assert.Equal(["a", "b"], config.Namespaces.Names);
    }

    [Fact]
    public void Fingerprints_change_with_any_field()
    {
        string Of(string text) => Assert.Single(Read(text).Configs).Fingerprint;

        Assert.Equal(Of("dns_sd_configs: [{names: [a]}]"), Of("dns_sd_configs: [{names: ['a'], type: SRV}]"));
        Assert.NotEqual(Of("dns_sd_configs: [{names: [a]}]"), Of("dns_sd_configs: [{names: [a], refresh_interval: 31s}]"));
        Assert.NotEqual(Of("vultr_sd_configs: [{bearer_token: a}]"), Of("vultr_sd_configs: [{bearer_token: b}]"));
        Assert.NotEqual(Of("static_configs: [{targets: [a]}]"), Of("static_configs: [{targets: [b]}]"));
    }

    private static (IReadOnlyList<DiscoveryConfig> Configs, ConfigDiagnostics Found, string Canonical) Read(string text)
    {
        var found = new ConfigDiagnostics("test.yml");
        YamlNode? node = YamlParser.Single(YamlParser.ParseText(text, found), found);
        IReadOnlyList<DiscoveryConfig>? configs = YamlMapping.Read(node, "test.plain", default, found, map => map.ReadDiscovery(checkHosts: true), out CanonicalMapping canonical);
        return (configs ?? [], found, CanonicalWriter.Write(canonical));
    }
}
