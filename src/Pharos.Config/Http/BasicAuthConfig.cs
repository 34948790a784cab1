using Pharos.Config.Yaml;

namespace Pharos.Config.Http;

/// <summary>Name and password of HTTP basic authentication; each given in one of three ways at most.</summary>
public sealed record BasicAuthConfig
{
    public string Username { get; init; } = "";

    /// <summary>A file that holds the name, read at each use.</summary>
    public string UsernameFile { get; init; } = "";

    /// <summary>The name's name in a secret manager.</summary>
    public string UsernameRef { get; init; } = "";

    public Secret Password { get; init; }

    /// <summary>A file that holds the password, read at each use.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>The password's name in a secret manager.</summary>
    public string PasswordRef { get; init; } = "";

    internal static BasicAuthConfig Read(YamlMapping map)
    {
        var config = new BasicAuthConfig
        {
            Username = map.String("username"),
            UsernameFile = map.Path("username_file"),
            UsernameRef = map.String("username_ref"),
            Password = map.Secret("password"),
            PasswordFile = map.Path("password_file"),
            PasswordRef = map.String("password_ref"),
        };
        if (AuthRules.MoreThanOne(config.Username.Length > 0, config.UsernameFile.Length > 0, config.UsernameRef.Length > 0))
        {
            map.Refuse("at most one of basic_auth username, username_file & username_ref must be configured");
        }

        if (AuthRules.MoreThanOne(!config.Password.IsEmpty, config.PasswordFile.Length > 0, config.PasswordRef.Length > 0))
        {
            map.Refuse("at most one of basic_auth password, password_file & password_ref must be configured");
        }

        return config;
    }
}
