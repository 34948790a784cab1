using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pharos.Scrape.Exposition;

/// <summary>Reads a Content-Type value: type, subtype and parameters of RFC 2045, with the errors of Go's <c>mime</c>, which upstream shows.</summary>
internal static class MediaType
{
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~{}");

    /// <summary>The type and subtype in lower case, without parameters.</summary>
    public static bool TryParse(string header, out string mediaType, [NotNullWhen(false)] out string? error)
    {
        int semicolon = header.IndexOf(';', StringComparison.Ordinal);
        string first = semicolon < 0 ? header : header[..semicolon];
        mediaType = first.Trim().ToLowerInvariant();
        error = CheckType(mediaType) ?? CheckParameters(header.AsSpan(first.Length));
        return error is null;
    }

    private static string? CheckType(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> rest = SkipToken(text);
        if (rest.Length == text.Length)
        {
            return "mime: no media type";
        }

        if (rest.IsEmpty)
        {
            return null;
        }

        if (rest[0] != '/')
        {
            return "mime: expected slash after first token";
        }

        rest = rest[1..];
        ReadOnlySpan<char> behind = SkipToken(rest);
        if (behind.Length == rest.Length)
        {
            return "mime: expected token after slash";
        }

        return behind.IsEmpty ? null : "mime: unexpected content after media subtype";
    }

    private static string? CheckParameters(ReadOnlySpan<char> text)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        text = text.TrimStart();
        while (!text.IsEmpty && !text.Trim().SequenceEqual(";"))
        {
            if (!TryTakeParameter(ref text, out string name, out string value))
            {
                return "mime: invalid media parameter";
            }

            if (!seen.TryAdd(name, value) && seen[name] != value)
            {
                return "mime: duplicate parameter name";
            }

            text = text.TrimStart();
        }

        return null;
    }

    private static bool TryTakeParameter(ref ReadOnlySpan<char> text, out string name, out string value)
    {
        name = "";
        value = "";
        if (text[0] != ';')
        {
            return false;
        }

        text = text[1..].TrimStart();
        ReadOnlySpan<char> rest = SkipToken(text);
        name = text[..^rest.Length].ToString().ToLowerInvariant();
        rest = rest.TrimStart();
        if (name.Length == 0 || rest.IsEmpty || rest[0] != '=')
        {
            return false;
        }

        rest = rest[1..].TrimStart();
        bool taken = !rest.IsEmpty && rest[0] == '"' ? TryTakeQuoted(ref rest, out value) : TryTakeToken(ref rest, out value);
        text = rest;
        return taken;
    }

    private static bool TryTakeToken(ref ReadOnlySpan<char> text, out string value)
    {
        ReadOnlySpan<char> rest = SkipToken(text);
        value = text[..^rest.Length].ToString();
        text = rest;
        return value.Length > 0;
    }

    private static bool TryTakeQuoted(ref ReadOnlySpan<char> text, out string value)
    {
        var result = new StringBuilder();
        value = "";
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                value = result.ToString();
                text = text[(i + 1)..];
                return true;
            }

            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
            }
            else if (text[i] is '\r' or '\n')
            {
                return false;
            }

            result.Append(text[i]);
        }

        return false;
    }

    private static ReadOnlySpan<char> SkipToken(ReadOnlySpan<char> text)
    {
        int length = text.IndexOfAnyExcept(TokenChars);
        return length < 0 ? [] : text[length..];
    }
}
