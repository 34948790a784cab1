using Pharos.Config.Yaml;

namespace Pharos.Config.Http;

/// <summary>What may not be configured together.</summary>
internal static class AuthRules
{
    public static bool MoreThanOne(params ReadOnlySpan<bool> given) => given.Count(true) > 1;

    /// <summary>Of the ways to sign in, one at most.</summary>
    public static void Check(YamlMapping map, HttpClientConfig config, bool hasBearerToken, bool hasBearerTokenFile)
    {
        bool hasBearer = hasBearerToken || hasBearerTokenFile;
        if (hasBearerToken && hasBearerTokenFile)
        {
            map.Refuse("bearer_token_file", "at most one of bearer_token & bearer_token_file must be configured");
        }
        else if ((config.BasicAuth is not null || config.OAuth2 is not null) && hasBearer)
        {
            map.Refuse(hasBearerToken ? "bearer_token" : "bearer_token_file", "at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured");
        }
        else if (map.Has("authorization") && hasBearer)
        {
            map.Refuse("authorization", "authorization is not compatible with bearer_token & bearer_token_file");
        }
        else if (MoreThanOne(config.BasicAuth is not null, config.OAuth2 is not null, map.Has("authorization")))
        {
            map.Refuse(map.Has("authorization") ? "authorization" : "oauth2", "at most one of basic_auth, oauth2 & authorization must be configured");
        }
    }
}
