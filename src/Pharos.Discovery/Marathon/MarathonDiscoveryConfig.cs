using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery.Marathon;

/// <summary>Applications of Marathon.</summary>
internal sealed record MarathonDiscoveryConfig : DiscoveryConfig
{
    public override string Mechanism => "marathon";

    public IReadOnlyList<string> Servers { get; init; } = [];

    public TimeSpan RefreshInterval { get; init; }

    public Secret AuthToken { get; init; }

    /// <summary>An absolute path, or empty.</summary>
    public string AuthTokenFile { get; init; } = "";

    public HttpClientConfig Http { get; init; } = new();

    internal static MarathonDiscoveryConfig Read(YamlMapping map)
    {
        var config = new MarathonDiscoveryConfig
        {
            Servers = map.Strings("servers"),
            RefreshInterval = map.Duration("refresh_interval", TimeSpan.FromSeconds(30)),
            AuthToken = map.Secret("auth_token"),
            AuthTokenFile = map.Path("auth_token_file"),
            Http = HttpClientConfig.Read(map),
        };
        if (config.Servers.Count == 0)
        {
            map.Refuse("servers", "marathon_sd: must contain at least one Marathon server");
        }

        config.CheckToken(map);
        return config;
    }

    private void CheckToken(YamlMapping map)
    {
        bool hasFile = AuthTokenFile.Length > 0;
        if (!AuthToken.IsEmpty && hasFile)
        {
            map.Refuse("marathon_sd: at most one of auth_token & auth_token_file must be configured");
        }

        if (AuthToken.IsEmpty && !hasFile)
        {
            return;
        }

        if (Http.BasicAuth is not null)
        {
            map.Refuse("marathon_sd: at most one of basic_auth, auth_token & auth_token_file must be configured");
        }
        else if (Http.UsesBearerToken)
        {
            map.Refuse("marathon_sd: at most one of bearer_token, bearer_token_file, auth_token & auth_token_file must be configured");
        }
        else if (Http.Authorization is not null)
        {
            map.Refuse("marathon_sd: at most one of auth_token, auth_token_file & authorization must be configured");
        }
    }
}
