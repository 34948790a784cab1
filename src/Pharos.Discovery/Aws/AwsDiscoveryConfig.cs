using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Aws;

/// <summary>Targets in AWS: machines, tasks, clusters or databases, by role.</summary>
/// <param name="Service">The mechanism: aws, ec2, ecs, elasticache, lightsail, msk or rds.</param>
internal sealed record AwsDiscoveryConfig(string Service) : DiscoveryConfig
{
    private const string NoValues = "EC2 SD configuration filter values cannot be empty";

    public override string Mechanism => Service;

    /// <summary>What is looked for: the service itself, or for <c>aws</c> what its <c>role</c> says.</summary>
    public string Role { get; init; } = Service;

    public AwsAccess Access { get; init; } = new();

    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; } = 80;

    public IReadOnlyList<DiscoveryFilter> Filters { get; init; } = [];

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<string> Clusters { get; init; } = [];

    /// <summary>How many requests run at a time.</summary>
    public int RequestConcurrency { get; init; }

    public HttpClientConfig Http { get; init; } = new();

    internal static AwsDiscoveryConfig ReadAny(YamlMapping map)
    {
        string role = map.Choice("role", "", static v => $"unknown AWS SD role {ConfigText.Quote(v)}", "ec2", "ecs", "elasticache", "lightsail", "msk", "rds");
        if (role.Length == 0)
        {
            map.Refuse("role", "unknown AWS SD role \"\"", "one of ec2, ecs, elasticache, lightsail, msk, rds");
        }

        AwsDiscoveryConfig config = ReadShared(map, "aws");
        return config with { Role = role, Filters = DiscoveryFilter.ReadAll(map, "aws.Filter"), Clusters = map.Strings("clusters") };
    }

    internal static AwsDiscoveryConfig ReadEc2(YamlMapping map) => ReadShared(map, "ec2") with { Filters = DiscoveryFilter.ReadAll(map, "aws.Filter", NoValues) };

    internal static AwsDiscoveryConfig ReadLightsail(YamlMapping map) => ReadShared(map, "lightsail");

    internal static AwsDiscoveryConfig ReadEcs(YamlMapping map) => ReadClusters(map, "ecs", 20);

    internal static AwsDiscoveryConfig ReadElastiCache(YamlMapping map) => ReadClusters(map, "elasticache", 10);

    internal static AwsDiscoveryConfig ReadMsk(YamlMapping map) => ReadClusters(map, "msk", 10);

    internal static AwsDiscoveryConfig ReadRds(YamlMapping map) => ReadClusters(map, "rds", 10) with { Filters = DiscoveryFilter.ReadAll(map, "aws.Filter") };

    private static AwsDiscoveryConfig ReadClusters(YamlMapping map, string service, int concurrency) => ReadShared(map, service) with
    {
        Clusters = map.Strings("clusters"),
        RequestConcurrency = map.Int("request_concurrency", concurrency),
    };

    private static AwsDiscoveryConfig ReadShared(YamlMapping map, string service) => new(service)
    {
        Access = AwsAccess.Read(map),
        RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromMinutes(1)),
        Port = map.Int("port", 80),
        Http = HttpClientConfig.Read(map),
    };
}
