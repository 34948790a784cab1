using System.Globalization;
using System.Text;
using Pharos.Core.Buffers;

namespace Pharos.Templating.Syntax;

/// <summary>Literals of Go: quoted texts, characters and numbers.</summary>
internal static class GoLiteral
{
    /// <summary>The value of a text with its quotes, <c>"</c> or <c>`</c>; null when an escape is not valid.</summary>
    public static string? Unquote(string quoted)
    {
        string inner = quoted[1..^1];
        if (quoted[0] == '`')
        {
            return inner.Replace("\r", "", StringComparison.Ordinal);
        }

        if (!inner.Contains('\\', StringComparison.Ordinal))
        {
            return inner;
        }

        // Escapes may give single bytes of UTF-8.
        var bytes = new List<byte>(inner.Length);
        for (int i = 0; i < inner.Length;)
        {
            if (inner[i] != '\\')
            {
                _ = Rune.DecodeFromUtf16(inner.AsSpan(i), out Rune plain, out int length);
                Append(bytes, plain);
                i += length;
            }
            else if (TryReadEscape(inner, ref i, quoted[0], out int value, out bool isByte))
            {
                if (isByte)
                {
                    bytes.Add((byte)value);
                }
                else
                {
                    Append(bytes, new Rune(value));
                }
            }
            else
            {
                return null;
            }
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>The code point of a character with its quotes; null when it is not one.</summary>
    public static int? UnquoteChar(string quoted)
    {
        string inner = quoted[1..^1];
        int i = 0;
        if (inner.Length > 0 && inner[0] == '\\')
        {
            return TryReadEscape(inner, ref i, '\'', out int value, out _) && i == inner.Length ? value : null;
        }

        return Rune.TryGetRuneAt(inner.Length > 0 ? inner : "\ud800", 0, out Rune rune) && rune.Utf16SequenceLength == inner.Length ? rune.Value : null;
    }

    /// <summary>A whole number, with an optional sign, of base 10, 16, 8 or 2; null when it is none or does not fit.</summary>
    public static long? ParseWhole(string text)
    {
        if (!GoDigits.UnderscoresAreValid(Encoding.UTF8.GetBytes(text)))
        {
            return null;
        }

        string digits = text.Replace("_", "", StringComparison.Ordinal);
        bool negative = digits.StartsWith('-');
        digits = digits.TrimStart('+', '-');
        (int radix, int prefix) = digits.Length < 2 || digits[0] != '0' ? (10, 0) : char.ToLowerInvariant(digits[1]) switch
        {
            'x' => (16, 2),
            'o' => (8, 2),
            'b' => (2, 2),
            _ => (8, 1),
        };
        UInt128 sum = 0;
        foreach (char c in digits.AsSpan(prefix))
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : int.MaxValue;
            if (digit >= radix || sum > ulong.MaxValue)
            {
                return null;
            }

            sum = (sum * (uint)radix) + (uint)digit;
        }

        UInt128 max = (UInt128)long.MaxValue + (negative ? 1u : 0u);
        return digits.Length == prefix || sum > max ? null : negative ? (long)-(Int128)sum : (long)sum;
    }

    /// <summary>A floating-point number as Go reads it; null when it is none.</summary>
    public static double? ParseReal(string text) => FloatReader.TryParseGo(Encoding.UTF8.GetBytes(text), out double value) ? value : null;

    // At a backslash; afterwards behind the escape.
    private static bool TryReadEscape(string text, ref int i, char quote, out int value, out bool isByte)
    {
        value = 0;
        isByte = false;
        if (i + 1 >= text.Length)
        {
            return false;
        }

        char kind = text[i + 1];
        i += 2;
        switch (kind)
        {
            case 'x':
                isByte = true;
                return TryReadDigits(text, ref i, 2, 16, out value);
            case 'u':
                return TryReadDigits(text, ref i, 4, 16, out value) && Rune.IsValid(value);
            case 'U':
                return TryReadDigits(text, ref i, 8, 16, out value) && Rune.IsValid(value);
            case >= '0' and <= '7':
                i--;
                isByte = true;
                return TryReadDigits(text, ref i, 3, 8, out value) && value <= byte.MaxValue;
            case '\\':
                value = '\\';
                return true;
            case '\'' or '"':
                value = kind;
                return kind == quote;
            default:
                int named = "abfnrtv".IndexOf(kind, StringComparison.Ordinal);
                value = named < 0 ? 0 : "\a\b\f\n\r\t\v"[named];
                return named >= 0;
        }
    }

    private static bool TryReadDigits(string text, ref int i, int count, int radix, out int value)
    {
        value = 0;
        if (i + count > text.Length)
        {
            return false;
        }

        long sum = 0;
        foreach (char c in text.AsSpan(i, count))
        {
            if (!int.TryParse([c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int digit) || digit >= radix)
            {
                return false;
            }

            sum = (sum * radix) + digit;
        }

        i += count;
        value = (int)Math.Min(sum, int.MaxValue);
        return true;
    }

    private static void Append(List<byte> bytes, Rune rune)
    {
        Span<byte> buffer = stackalloc byte[4];
        bytes.AddRange(buffer[..rune.EncodeToUtf8(buffer)]);
    }
}
