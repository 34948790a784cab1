using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Aws;

/// <summary>Which part of AWS is asked, and as whom. Without keys the machine's own credentials are taken.</summary>
internal sealed record AwsAccess
{
    /// <summary>Empty: the region of the machine.</summary>
    public string Region { get; init; } = "";

    /// <summary>Empty: that of the region.</summary>
    public string Endpoint { get; init; } = "";

    public string AccessKey { get; init; } = "";

    public Secret SecretKey { get; init; }

    public string Profile { get; init; } = "";

    public string RoleArn { get; init; } = "";

    public string ExternalId { get; init; } = "";

    internal static AwsAccess Read(YamlMapping map) => new()
    {
        Endpoint = map.String("endpoint"),
        Region = map.String("region"),
        AccessKey = map.String("access_key"),
        SecretKey = map.Secret("secret_key"),
        Profile = map.String("profile"),
        RoleArn = map.String("role_arn"),
        ExternalId = map.String("external_id"),
    };
}
