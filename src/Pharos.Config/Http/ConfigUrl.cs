using System.Buffers;

namespace Pharos.Config.Http;

/// <summary>A URL of a configuration file, split and judged as Go's <c>net/url</c> does. Immutable; its text form shows no password.</summary>
public sealed record ConfigUrl
{
    private static readonly SearchValues<char> NotInHosts = SearchValues.Create(" \"<>\\^`{|}");

    private ConfigUrl(string text)
    {
        Text = new Secret(text);
    }

    /// <summary>The whole URL as it was written; may hold a password.</summary>
    public Secret Text { get; }

    /// <summary>In lower case; empty for a relative reference.</summary>
    public string Scheme { get; private init; } = "";

    /// <summary>Host and port; empty where there is none.</summary>
    public string Host { get; private init; } = "";

    /// <summary>The user before the host; empty where there is none.</summary>
    public string User { get; private init; } = "";

    /// <summary>The password before the host.</summary>
    public Secret Password { get; private init; }

    /// <summary>What follows the host, query and fragment included.</summary>
    public string PathAndQuery { get; private init; } = "";

    /// <summary>Whether nothing was written.</summary>
    public bool IsEmpty => Text.IsEmpty;

    /// <summary>Splits a URL.</summary>
    /// <exception cref="FormatException">It is none; the message is upstream's, without the password.</exception>
    public static ConfigUrl Parse(string text)
    {
        if (text.Any(char.IsControl))
        {
            throw Invalid(text, "net/url: invalid control character in URL");
        }

        (string scheme, string rest) = SplitScheme(text);
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            int colon = rest.IndexOf(':', StringComparison.Ordinal);
            int slash = rest.IndexOf('/', StringComparison.Ordinal);
            if (scheme.Length == 0 && colon >= 0 && (slash < 0 || colon < slash) && !rest.StartsWith('?') && !rest.StartsWith('#'))
            {
                throw Invalid(text, "first path segment in URL cannot contain colon");
            }

            CheckEscapes(text, rest);
            return new ConfigUrl(text) { Scheme = scheme, PathAndQuery = rest };
        }

        int end = rest.IndexOfAny(['/', '?', '#'], 2);
        string authority = end < 0 ? rest[2..] : rest[2..end];
        string path = end < 0 ? "" : rest[end..];
        int at = authority.LastIndexOf('@');
        string user = at < 0 ? "" : authority[..at];
        string host = authority[(at + 1)..];
        CheckHost(text, host);
        CheckEscapes(text, path);
        int separator = user.IndexOf(':', StringComparison.Ordinal);
        return new ConfigUrl(text)
        {
            Scheme = scheme,
            Host = host,
            User = separator < 0 ? user : user[..separator],
            Password = new Secret(separator < 0 ? "" : user[(separator + 1)..]),
            PathAndQuery = path,
        };
    }

    /// <summary>The URL with its password, if any, replaced by <c>xxxxx</c>, as upstream shows it.</summary>
    public override string ToString() => Password.IsEmpty ? Text.Reveal() : $"{Scheme}://{User}:xxxxx@{Host}{PathAndQuery}";

    /// <summary>The URL to connect to, with its password.</summary>
    /// <exception cref="UriFormatException">It has no scheme or no host.</exception>
    public Uri ToUri() => new(Text.Reveal());

    private static (string Scheme, string Remainder) SplitScheme(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsAsciiLetter(c) || (i > 0 && (char.IsAsciiDigit(c) || c is '+' or '-' or '.')))
            {
                continue;
            }

            if (c != ':')
            {
                break;
            }

            return i == 0 ? throw Invalid(text, "missing protocol scheme") : (text[..i].ToLowerInvariant(), text[(i + 1)..]);
        }

        return ("", text);
    }

    private static void CheckHost(string text, string host)
    {
        int bracket = host.LastIndexOf(']');
        if (host.StartsWith('[') && bracket < 0)
        {
            throw Invalid(text, "missing ']' in host");
        }

        int colon = host.IndexOf(':', Math.Max(0, bracket));
        string port = colon < 0 ? "" : host[(colon + 1)..];
        if (port.Any(static c => !char.IsAsciiDigit(c)))
        {
            throw Invalid(text, $"invalid port {ConfigText.Quote(":" + port)} after host");
        }

        int bad = host.AsSpan().IndexOfAny(NotInHosts);
        if (bad >= 0)
        {
            throw Invalid(text, $"invalid character {ConfigText.Quote(host[bad].ToString())} in host name");
        }
    }

    private static void CheckEscapes(string text, string part)
    {
        int query = part.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? part : part[..query];
        for (int i = path.IndexOf('%', StringComparison.Ordinal); i >= 0; i = path.IndexOf('%', i + 1))
        {
            if (i + 2 >= path.Length || !char.IsAsciiHexDigit(path[i + 1]) || !char.IsAsciiHexDigit(path[i + 2]))
            {
                throw Invalid(text, $"invalid URL escape {ConfigText.Quote(path.Substring(i, Math.Min(3, path.Length - i)))}");
            }
        }
    }

    // A malformed URL cannot be redacted by its parts: everything before the last @ goes.
    private static FormatException Invalid(string text, string problem)
    {
        int at = text.LastIndexOf('@');
        return new FormatException($"parse {ConfigText.Quote(at < 0 ? text : "xxxxx" + text[at..])}: {problem}");
    }
}
