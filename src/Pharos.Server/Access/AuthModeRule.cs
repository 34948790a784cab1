using System.Net.Sockets;
using Pharos.Access.WebConfig;
using Pharos.Server.Options;

namespace Pharos.Server.Access;

/// <summary>When <c>--web.auth=none</c> is allowed: only where nobody but this machine can ask.</summary>
internal static class AuthModeRule
{
    /// <summary>Why the server must not start; null when it may.</summary>
    public static string? Check(WebOptions web, WebConfigFile config)
    {
        if (web.Auth != AuthMode.None)
        {
            return null;
        }

        if (web.ExternalUrl is not null)
        {
            return "--web.auth=none and --web.external-url exclude each other: whoever can reach that URL could do anything";
        }

        if (web.AdminPasswordFile is not null)
        {
            return "--web.auth=none and --web.admin-password-file exclude each other";
        }

        if (config.BasicAuthUsers.Count > 0)
        {
            return "--web.auth=none and basic_auth_users of --web.config.file exclude each other";
        }

        foreach (ListenAddress address in web.ListenAddresses)
        {
            if (!IsLoopback(address))
            {
                return $"--web.auth=none needs every --web.listen-address to be of this machine only, such as 127.0.0.1:9090; {address} is not";
            }
        }

        return null;
    }

    private static bool IsLoopback(ListenAddress address)
    {
        try
        {
            return address.IsLoopback();
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
