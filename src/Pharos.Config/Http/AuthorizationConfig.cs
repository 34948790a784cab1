using Pharos.Config.Yaml;

namespace Pharos.Config.Http;

/// <summary>The <c>Authorization</c> header: a type and its credentials, given in one of three ways at most.</summary>
public sealed record AuthorizationConfig
{
    /// <summary>The first word of the header.</summary>
    public string Type { get; init; } = "Bearer";

    public Secret Credentials { get; init; }

    /// <summary>A file that holds the credentials, read at each use.</summary>
    public string CredentialsFile { get; init; } = "";

    /// <summary>The credentials' name in a secret manager.</summary>
    public string CredentialsRef { get; init; } = "";

    internal static AuthorizationConfig Read(YamlMapping map)
    {
        string type = map.Parse("type", "", "", static text => text, "a scheme such as Bearer").Trim();
        type = type.Length == 0 ? "Bearer" : type;
        map.Record("type", Printing.CanonicalScalar.OfText(type));
        var config = new AuthorizationConfig
        {
            Type = type,
            Credentials = map.Secret("credentials"),
            CredentialsFile = map.Path("credentials_file"),
            CredentialsRef = map.String("credentials_ref"),
        };
        if (AuthRules.MoreThanOne(!config.Credentials.IsEmpty, config.CredentialsFile.Length > 0, config.CredentialsRef.Length > 0))
        {
            map.Refuse("at most one of authorization credentials & credentials_file must be configured");
        }

        if (string.Equals(type, "basic", StringComparison.OrdinalIgnoreCase))
        {
            map.Refuse("type", "authorization type cannot be set to \"basic\", use \"basic_auth\" instead");
        }

        return config;
    }
}
