using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Discovery.Aws;
using Pharos.Discovery.Azure;
using Pharos.Discovery.Consul;
using Pharos.Discovery.DigitalOcean;
using Pharos.Discovery.Dns;
using Pharos.Discovery.Docker;
using Pharos.Discovery.Eureka;
using Pharos.Discovery.Files;
using Pharos.Discovery.Gce;
using Pharos.Discovery.Hetzner;
using Pharos.Discovery.Http;
using Pharos.Discovery.Ionos;
using Pharos.Discovery.Kubernetes;
using Pharos.Discovery.Linode;
using Pharos.Discovery.Marathon;
using Pharos.Discovery.Nomad;
using Pharos.Discovery.Oci;
using Pharos.Discovery.OpenStack;
using Pharos.Discovery.Outscale;
using Pharos.Discovery.OvhCloud;
using Pharos.Discovery.PuppetDb;
using Pharos.Discovery.Scaleway;
using Pharos.Discovery.Stackit;
using Pharos.Discovery.Static;
using Pharos.Discovery.Triton;
using Pharos.Discovery.Uyuni;
using Pharos.Discovery.Vultr;
using Pharos.Discovery.Xds;
using Pharos.Discovery.Zookeeper;

namespace Pharos.Discovery;

/// <summary>Reads every way of discovery that a section may hold among its other fields.</summary>
public static class DiscoveryConfigReader
{
    // By key, the order in which upstream prints them.
    private static readonly DiscoveryMechanism[] Mechanisms =
    [
        new("aws_sd_configs", "aws.plain", AwsDiscoveryConfig.ReadAny),
        new("azure_sd_configs", "azure.plain", AzureDiscoveryConfig.Read),
        new("consul_sd_configs", "consul.plain", ConsulDiscoveryConfig.Read),
        new("digitalocean_sd_configs", "digitalocean.plain", DigitalOceanDiscoveryConfig.Read),
        new("dns_sd_configs", "dns.plain", DnsDiscoveryConfig.Read),
        new("docker_sd_configs", "moby.plain", DockerDiscoveryConfig.Read),
        new("dockerswarm_sd_configs", "moby.plain", DockerSwarmDiscoveryConfig.Read),
        new("ec2_sd_configs", "aws.plain", AwsDiscoveryConfig.ReadEc2),
        new("ecs_sd_configs", "aws.plain", AwsDiscoveryConfig.ReadEcs),
        new("elasticache_sd_configs", "aws.plain", AwsDiscoveryConfig.ReadElastiCache),
        new("eureka_sd_configs", "eureka.plain", EurekaDiscoveryConfig.Read),
        new("file_sd_configs", "file.plain", FileDiscoveryConfig.Read),
        new("gce_sd_configs", "gce.plain", GceDiscoveryConfig.Read),
        new("hetzner_sd_configs", "hetzner.plain", HetznerDiscoveryConfig.Read),
        new("http_sd_configs", "http.plain", HttpDiscoveryConfig.Read),
        new("ionos_sd_configs", "ionos.plain", IonosDiscoveryConfig.Read),
        new("kubernetes_sd_configs", "kubernetes.plain", KubernetesDiscoveryConfig.Read),
        new("kuma_sd_configs", "xds.plainKumaConf", KumaDiscoveryConfig.Read),
        new("lightsail_sd_configs", "aws.plain", AwsDiscoveryConfig.ReadLightsail),
        new("linode_sd_configs", "linode.plain", LinodeDiscoveryConfig.Read),
        new("marathon_sd_configs", "marathon.plain", MarathonDiscoveryConfig.Read),
        new("msk_sd_configs", "aws.plain", AwsDiscoveryConfig.ReadMsk),
        new("nerve_sd_configs", "zookeeper.plain", ZookeeperDiscoveryConfig.ReadNerve),
        new("nomad_sd_configs", "nomad.plain", NomadDiscoveryConfig.Read),
        new("oci_sd_configs", "oci.plain", OciDiscoveryConfig.Read),
        new("openstack_sd_configs", "openstack.plain", OpenStackDiscoveryConfig.Read),
        new("outscale_sd_configs", "outscale.plain", OutscaleDiscoveryConfig.Read),
        new("ovhcloud_sd_configs", "ovhcloud.plain", OvhCloudDiscoveryConfig.Read),
        new("puppetdb_sd_configs", "puppetdb.plain", PuppetDbDiscoveryConfig.Read),
        new("rds_sd_configs", "aws.plain", AwsDiscoveryConfig.ReadRds),
        new("scaleway_sd_configs", "scaleway.plain", ScalewayDiscoveryConfig.Read),
        new("serverset_sd_configs", "zookeeper.plain", ZookeeperDiscoveryConfig.ReadServerset),
        new("stackit_sd_configs", "stackit.plain", StackitDiscoveryConfig.Read),
        new("triton_sd_configs", "triton.plain", TritonDiscoveryConfig.Read),
        new("uyuni_sd_configs", "uyuni.plain", UyuniDiscoveryConfig.Read),
        new("vultr_sd_configs", "vultr.plain", VultrDiscoveryConfig.Read),
    ];

    /// <summary>Reads the discovery fields of a section. A mechanism that is not built yet is warned about and kept.</summary>
    /// <param name="map">The section.</param>
    /// <param name="checkHosts">Whether static targets must be host and port already, because no relabelling can make them so.</param>
    public static IReadOnlyList<DiscoveryConfig> ReadDiscovery(this YamlMapping map, bool checkHosts)
    {
        var configs = new List<DiscoveryConfig>();
        StaticDiscoveryConfig? fixedTargets = null;
        foreach (DiscoveryMechanism mechanism in Mechanisms)
        {
            if (fixedTargets is null && string.CompareOrdinal(mechanism.Key, StaticDiscoveryConfig.Key) > 0)
            {
                fixedTargets = StaticDiscoveryConfig.Read(map, checkHosts);
            }

            configs.AddRange(map.Sections(mechanism.Key, mechanism.Type, entry => Read(entry, mechanism), $"empty or null section in {mechanism.Key}"));
        }

        fixedTargets ??= StaticDiscoveryConfig.Read(map, checkHosts);
        return fixedTargets.Groups.Count > 0 ? [.. configs, fixedTargets] : configs;
    }

    private static DiscoveryConfig Read(YamlMapping entry, DiscoveryMechanism mechanism)
    {
        DiscoveryConfig config = mechanism.Read(entry);
        if (config.NotAvailable is { } reason)
        {
            entry.Diagnostics.Warn(entry.Position, $"{mechanism.Key}: not available: {reason}");
        }

        return config with { Fingerprint = CanonicalFingerprint.Of(entry.Canonical) };
    }
}
