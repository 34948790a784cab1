using System.Buffers.Text;
using System.Text;

namespace Pharos.Access.Authentication;

/// <summary>The proof within an <c>Authorization</c> header (RFC 7617, RFC 6750).</summary>
/// <param name="Name">With basic authentication; null with a token.</param>
/// <param name="Secret">The password, or the token.</param>
internal readonly record struct AuthorizationHeader(string? Name, string Secret)
{
    private const int MaxLength = 8192;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryParse(string header, out AuthorizationHeader parsed)
    {
        parsed = default;
        int space = header.IndexOf(' ', StringComparison.Ordinal);
        if (header.Length > MaxLength || space < 0)
        {
            return false;
        }

        ReadOnlySpan<char> scheme = header.AsSpan(0, space);
        string rest = header[(space + 1)..].Trim();
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            parsed = new AuthorizationHeader(null, rest);
            return rest.Length > 0;
        }

        return scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && TryParseBasic(rest, out parsed);
    }

    /// <summary>Never prints the secret.</summary>
    public override string ToString() => Name is null ? "token" : "basic";

    private static bool TryParseBasic(string base64, out AuthorizationHeader parsed)
    {
        parsed = default;
        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        if (!Convert.TryFromBase64String(base64, bytes, out int length))
        {
            return false;
        }

        string text;
        try
        {
            text = StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return false;
        }

        parsed = new AuthorizationHeader(text[..colon], text[(colon + 1)..]);
        return true;
    }
}
