using Pharos.Config.Yaml;

namespace Pharos.Remote.Configuration;

/// <summary>Rules that sending and reading share.</summary>
internal static class RemoteFields
{
    public const string AuthorizationMessage =
        "authorization header must be changed via the basic_auth, authorization, oauth2, sigv4, azuread or google_iam parameter";

    /// <summary>Notes that a section loads and does nothing yet.</summary>
    public static void WarnNotSupported(YamlMapping map, string section, string what) =>
        map.Diagnostics.Warn(map.Position, $"{section}: not yet supported: {what}");
}
