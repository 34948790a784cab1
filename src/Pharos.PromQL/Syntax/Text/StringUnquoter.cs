using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pharos.PromQL.Syntax.Text;

/// <summary>Takes the quotes off a string token and resolves its escapes. What comes out need not be valid UTF-8.</summary>
internal static class StringUnquoter
{
    /// <summary>False when the token is not a well-formed string; the lexer lets none through.</summary>
    public static bool TryUnquote(ReadOnlySpan<byte> token, [NotNullWhen(true)] out byte[]? value)
    {
        value = null;
        if (token.Length < 2 || token[0] != token[^1])
        {
            return false;
        }

        ReadOnlySpan<byte> inner = token[1..^1];
        if (token[0] == '`' || !inner.Contains((byte)'\\'))
        {
            value = inner.ToArray();
            return true;
        }

        byte[] buffer = new byte[inner.Length];
        int length = 0;
        while (!inner.IsEmpty)
        {
            if (inner[0] != '\\')
            {
                buffer[length++] = inner[0];
                inner = inner[1..];
            }
            else if (!TryUnescape(ref inner, token[0], buffer, ref length))
            {
                return false;
            }
        }

        value = buffer[..length];
        return true;
    }

    private static bool TryUnescape(ref ReadOnlySpan<byte> text, byte quote, byte[] buffer, ref int length)
    {
        if (text.Length < 2)
        {
            return false;
        }

        byte kind = text[1];
        (int digits, int numberBase) = kind switch
        {
            (byte)'x' => (2, 16),
            (byte)'u' => (4, 16),
            (byte)'U' => (8, 16),
            >= (byte)'0' and <= (byte)'7' => (3, 8),
            _ => (0, 0),
        };
        if (digits == 0)
        {
            int plain = kind == quote ? quote : Plain(kind);
            buffer[length++] = (byte)plain;
            text = text[2..];
            return plain >= 0;
        }

        int start = numberBase == 8 ? 1 : 2;
        if (text.Length < start + digits || !TryReadDigits(text.Slice(start, digits), numberBase, out uint code))
        {
            return false;
        }

        text = text[(start + digits)..];
        if (digits <= 3)
        {
            buffer[length++] = (byte)code;
            return code <= 255;
        }

        if (!Rune.TryCreate(code, out Rune rune))
        {
            return false;
        }

        length += rune.EncodeToUtf8(buffer.AsSpan(length));
        return true;
    }

    private static int Plain(byte kind) => kind switch
    {
        (byte)'a' => '\a',
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        (byte)'v' => '\v',
        (byte)'\\' => '\\',
        _ => -1,
    };

    private static bool TryReadDigits(ReadOnlySpan<byte> text, int numberBase, out uint value)
    {
        value = 0;
        foreach (byte b in text)
        {
            char c = (char)b;
            int digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiHexDigit(c) ? (c | 0x20) - 'a' + 10 : numberBase;
            if (digit >= numberBase)
            {
                return false;
            }

            value = unchecked((value * (uint)numberBase) + (uint)digit);
        }

        return true;
    }
}
