using Pharos.Config.Yaml;

namespace Pharos.Config.Http;

/// <summary>Signing of requests to AWS. Without keys the machine's own credentials are taken.</summary>
public sealed record SigV4Config
{
    /// <summary>Empty: the region of the machine.</summary>
    public string Region { get; init; } = "";

    public string AccessKey { get; init; } = "";

    public Secret SecretKey { get; init; }

    public string Profile { get; init; } = "";

    public string RoleArn { get; init; } = "";

    public string ExternalId { get; init; } = "";

    public bool UseFipsStsEndpoint { get; init; }

    public string ServiceName { get; init; } = "";

    /// <summary>Reads a <c>sigv4</c> section.</summary>
    public static SigV4Config Read(YamlMapping map)
    {
        var config = new SigV4Config
        {
            Region = map.String("region"),
            AccessKey = map.String("access_key"),
            SecretKey = map.Secret("secret_key"),
            Profile = map.String("profile"),
            RoleArn = map.String("role_arn"),
            ExternalId = map.String("external_id"),
            UseFipsStsEndpoint = map.Bool("use_fips_sts_endpoint"),
            ServiceName = map.String("service_name"),
        };
        if (config.AccessKey.Length == 0 != config.SecretKey.IsEmpty)
        {
            map.Refuse("must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the SigV4 config");
        }

        return config;
    }
}
