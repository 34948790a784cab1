using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Config;

/// <summary>Text of configuration files as it appears in messages.</summary>
public static class ConfigText
{
    /// <summary>How much of an offending text is shown.</summary>
    public const int MaxShown = 80;

    /// <summary>Bytes of a <c>!!binary</c> value that are not UTF-8 are kept as lone surrogates from here on: 0xDC00 + byte.</summary>
    private const int EscapedByteBase = 0xDC00;

    /// <summary>Quotes as Go's <c>%q</c>, stray bytes included.</summary>
    public static string Quote(string text) => text.Any(IsStrayByte) ? GoQuote.Quote(ToBytes(text)) : GoQuote.Quote(text);

    /// <summary>One line of at most <see cref="MaxShown"/> characters.</summary>
    public static string Shorten(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        string line = end < 0 ? text : text[..end];
        return line.Length <= MaxShown && end < 0 ? line : string.Concat(line.AsSpan(0, Math.Min(line.Length, MaxShown)), "...");
    }

    /// <summary>Bytes as text; what is not UTF-8 becomes lone surrogates, which no name or value check lets pass.</summary>
    public static string FromBytes(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                consumed = 1;
                text.Append((char)(EscapedByteBase + bytes[0]));
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }

    private static bool IsStrayByte(char c) => c is > '\uDC7F' and < '\uDD00';

    // A low surrogate of a pair is in the same range, so pairs are looked at first.
    private static byte[] ToBytes(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (!isPair && IsStrayByte(text[i]))
            {
                bytes.Add((byte)(text[i] - EscapedByteBase));
                continue;
            }

            bytes.AddRange(Encoding.UTF8.GetBytes(text, i, isPair ? 2 : 1));
            i += isPair ? 1 : 0;
        }

        return [.. bytes];
    }
}
