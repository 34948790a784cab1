using System.Globalization;
using System.Text;

namespace Pharos.Alerting.Matchers;

/// <summary>Text in double quotes as Go writes it.</summary>
internal static class QuotedText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text within; null where an escape is wrong or its bytes are no UTF-8.</summary>
    /// <param name="quoted">With its quotes.</param>
    public static string? Unquote(string quoted)
    {
        ReadOnlySpan<char> text = quoted.AsSpan(1, quoted.Length - 2);
        var bytes = new List<byte>(text.Length);
        while (!text.IsEmpty)
        {
            if (text[0] == '\n')
            {
                return null;
            }

            int length = text[0] == '\\' ? TryEscape(text, bytes) : Plain(text, bytes);
            if (length == 0)
            {
                return null;
            }

            text = text[length..];
        }

        try
        {
            return Strict.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static int Plain(ReadOnlySpan<char> text, List<byte> bytes)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out int length);
        Add(rune, bytes);
        return length;
    }

    // Zero where it is none.
    private static int TryEscape(ReadOnlySpan<char> text, List<byte> bytes)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        int simple = "abfnrtv\\\"".IndexOf(text[1], StringComparison.Ordinal);
        if (simple >= 0)
        {
            bytes.Add((byte)"\a\b\f\n\r\t\v\\\""[simple]);
            return 2;
        }

        (int digits, int radix, int start) = text[1] switch
        {
            'x' => (2, 16, 2),
            'u' => (4, 16, 2),
            'U' => (8, 16, 2),
            >= '0' and <= '7' => (3, 8, 1),
            _ => (0, 0, 0),
        };
        if (digits == 0 || text.Length < start + digits || !TryNumber(text.Slice(start, digits), radix, out uint value))
        {
            return 0;
        }

        if (text[1] is 'u' or 'U')
        {
            if (!Rune.IsValid(value))
            {
                return 0;
            }

            Add(new Rune(value), bytes);
        }
        else if (value > byte.MaxValue)
        {
            return 0;
        }
        else
        {
            bytes.Add((byte)value);
        }

        return start + digits;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, int radix, out uint value)
    {
        if (radix == 16)
        {
            return uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        }

        value = 0;
        foreach (char c in digits)
        {
            if (c is < '0' or > '7')
            {
                return false;
            }

            value = (value * 8) + (uint)(c - '0');
        }

        return true;
    }

    private static void Add(Rune rune, List<byte> bytes)
    {
        Span<byte> encoded = stackalloc byte[4];
        bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
    }
}
