using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Yaml;

namespace Pharos.Discovery;

/// <summary>Demands that several mechanisms make of their fields.</summary>
internal static class DiscoveryFields
{
    /// <summary>The field must say something.</summary>
    public static void Require(this YamlMapping map, string key, string value, string message)
    {
        if (value.Length == 0)
        {
            map.Refuse(key, message);
        }
    }

    /// <summary>The field must say something.</summary>
    public static void Require(this YamlMapping map, string key, Secret value, string message)
    {
        if (value.IsEmpty)
        {
            map.Refuse(key, message);
        }
    }

    /// <summary>One of <c>secret_key</c> and <c>secret_key_file</c>, not both.</summary>
    public static void RequireOneSecret(this YamlMapping map, Secret key, string file)
    {
        if (key.IsEmpty && file.Length == 0)
        {
            map.Refuse("secret_key", "one of secret_key & secret_key_file must be configured");
        }
        else if (!key.IsEmpty && file.Length > 0)
        {
            map.Refuse("secret_key", "at most one of secret_key & secret_key_file must be configured");
        }
    }

    /// <summary>The text must be a URL by its form; an empty one is.</summary>
    /// <returns>The URL; null when it is none, which is then noted.</returns>
    public static ConfigUrl? CheckUrl(this YamlMapping map, string key, string value, string prefix)
    {
        try
        {
            return ConfigUrl.Parse(value);
        }
        catch (FormatException e)
        {
            map.Refuse(key, prefix + e.Message, "a URL");
            return null;
        }
    }

    /// <summary>The text must be a URL with scheme and host.</summary>
    public static void RequireUrl(this YamlMapping map, string key, string value, string message)
    {
        if (map.CheckUrl(key, value, "") is { } url && (url.Scheme.Length == 0 || url.Host.Length == 0))
        {
            map.Refuse(key, message, "a URL with scheme and host");
        }
    }

    /// <summary>The text must be a URL of a web server.</summary>
    public static void RequireHttpUrl(this YamlMapping map, string key, string value)
    {
        map.Require(key, value, "URL is missing");
        if (map.CheckUrl(key, value, "") is not { } url)
        {
            return;
        }

        if (url.Scheme is not ("http" or "https"))
        {
            map.Refuse(key, "URL scheme must be 'http' or 'https'", "a URL as http://host:port/path");
        }
        else if (url.Host.Length == 0)
        {
            map.Refuse(key, "host is missing in URL", "a URL as http://host:port/path");
        }
    }
}
