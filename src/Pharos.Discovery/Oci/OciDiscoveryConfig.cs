using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Oci;

/// <summary>Instances of Oracle Cloud.</summary>
internal sealed record OciDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "oci";

    public string Auth { get; init; } = "";

    public string Tenancy { get; init; } = "";

    public string User { get; init; } = "";

    public string KeyFingerprint { get; init; } = "";

    /// <summary>An absolute path, or empty.</summary>
    public string KeyFile { get; init; } = "";

    public Secret KeyPassphrase { get; init; }

    /// <summary>An absolute path, or empty.</summary>
    public string KeyPassphraseFile { get; init; } = "";

    public string Region { get; init; } = "";

    public IReadOnlyList<string> Compartments { get; init; } = [];

    public HttpClientConfig Http { get; init; } = new();

    /// <summary>The port of the targets.</summary>
    public int Port { get; init; }

    public TimeSpan RefreshInterval { get; init; }

    internal static OciDiscoveryConfig Read(YamlMapping map)
    {
        var config = new OciDiscoveryConfig
        {
            Auth = map.String("auth", "api_key"),
            Tenancy = map.String("tenancy"),
            User = map.String("user"),
            KeyFingerprint = map.String("fingerprint"),
            KeyFile = map.Path("key_file"),
            KeyPassphrase = map.Secret("key_passphrase"),
            KeyPassphraseFile = map.Path("key_passphrase_file"),
            Region = map.String("region"),
            Compartments = map.Strings("compartments"),
            Http = HttpClientConfig.Read(map),
            Port = map.Int("port", 80),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(60)),
        };
        map.Require("region", config.Region, "oci_sd: region is required");
        config.CheckAuthentication(map);
        for (int i = 0; i < config.Compartments.Count; i++)
        {
            if (config.Compartments[i].Length == 0)
            {
                map.Refuse("compartments", $"oci_sd: compartments[{i}] must not be empty");
            }
        }

        if (config.RefreshInterval <= TimeSpan.Zero)
        {
            map.Refuse("refresh_interval", "oci_sd: refresh_interval must be positive, got 0s");
        }
        return config;
    }

    private void CheckAuthentication(YamlMapping map)
    {
        switch (Auth)
        {
            case "api_key":
                map.Require("tenancy", Tenancy, "oci_sd: api_key auth requires tenancy");
                map.Require("user", User, "oci_sd: api_key auth requires user");
                map.Require("fingerprint", KeyFingerprint, "oci_sd: api_key auth requires fingerprint");
                map.Require("key_file", KeyFile, "oci_sd: api_key auth requires key_file");
                if (!KeyPassphrase.IsEmpty && KeyPassphraseFile.Length > 0)
                {
                    map.Refuse("oci_sd: at most one of key_passphrase and key_passphrase_file must be configured");
                }

                break;
            case "instance_principal":
                if (Tenancy.Length + User.Length + KeyFingerprint.Length + KeyFile.Length + KeyPassphraseFile.Length > 0 || !KeyPassphrase.IsEmpty)
                {
                    map.Refuse("oci_sd: instance_principal auth must not have tenancy, user, fingerprint, key_file, key_passphrase, or key_passphrase_file set");
                }

                break;
            default:
                map.Refuse("auth", $"oci_sd: unknown auth method {ConfigText.Quote(Auth)}, expected \"api_key\" or \"instance_principal\"");
                break;
        }
    }
}
