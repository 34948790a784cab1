using System.Buffers;
using System.Text;
using Pharos.Core.Labels;
using Pharos.Templating;

namespace Pharos.Alerting.Templates;

/// <summary>Texts for and of URLs.</summary>
internal static class UrlText
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=");

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A parameter of a URL as it was before it was escaped: a plus sign is a space.</summary>
    /// <exception cref="TemplateFunctionException">A percent sign is not followed by two hexadecimal digits; the message is Go's.</exception>
    public static string UnescapeQuery(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var plain = new List<byte>(bytes.Length);
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '%')
            {
                plain.Add(bytes[i] == '+' ? (byte)' ' : bytes[i]);
                continue;
            }

            if (i + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[i + 1]) || !char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                throw new TemplateFunctionException($"invalid URL escape {GoQuote.Quote(bytes.AsSpan(i, Math.Min(3, bytes.Length - i)))}");
            }

            plain.Add(Convert.ToByte(Encoding.ASCII.GetString(bytes, i + 1, 2), 16));
            i += 2;
        }

        return Encoding.UTF8.GetString([.. plain]);
    }

    /// <summary>The alphabet for URLs, with padding.</summary>
    public static string EncodeBase64(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Replace('+', '-').Replace('/', '_');

    /// <summary>Back from the alphabet for URLs, with padding.</summary>
    /// <exception cref="TemplateFunctionException">The text is not of the alphabet, or no text comes out.</exception>
    public static string DecodeBase64(string text)
    {
        string plain = text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        int bad = plain.AsSpan().IndexOfAnyExcept(Alphabet);
        if (bad >= 0)
        {
            throw new TemplateFunctionException($"illegal base64 data at input byte {bad}");
        }

        try
        {
            return Strict.GetString(Convert.FromBase64String(plain.Replace('-', '+').Replace('_', '/')));
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            throw new TemplateFunctionException($"illegal base64 data at input byte {plain.Length / 4 * 4}");
        }
    }
}
