using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;

namespace Pharos.Server.Api;

/// <summary>Writes the pieces that answers of many series consist of: texts, label sets, timestamps, values. The caller writes the punctuation.</summary>
internal static class JsonText
{
    /// <summary>Room for any timestamp, in bytes.</summary>
    public const int MaxTimestampLength = 24;

    // At or above it, and below its counterpart near 0, values are written with an exponent.
    private const double LeastExponentValue = 1e21;
    private const double GreatestSmallValue = 1e-6;

    private static readonly SearchValues<char> Escaped = SearchValues.Create("\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    /// <summary>A text in quotes.</summary>
    public static void WriteString(IBufferWriter<byte> body, string text)
    {
        const int MaxBytesPerCharacter = 6;
        Span<byte> output = body.GetSpan((text.Length * MaxBytesPerCharacter) + 2);
        int length = 0;
        output[length++] = (byte)'"';
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            int plain = rest.IndexOfAny(Escaped);
            length += Encoding.UTF8.GetBytes(plain < 0 ? rest : rest[..plain], output[length..]);
            if (plain < 0)
            {
                break;
            }

            length += WriteEscape(rest[plain], output[length..]);
            rest = rest[(plain + 1)..];
        }

        output[length++] = (byte)'"';
        body.Advance(length);
    }

    /// <summary>A label set as an object.</summary>
    public static void WriteLabels(IBufferWriter<byte> body, Labels labels)
    {
        body.Write("{"u8);
        bool isFirst = true;
        foreach (Label label in labels.AsSpan())
        {
            if (!isFirst)
            {
                body.Write(","u8);
            }

            isFirst = false;
            WriteString(body, label.Name);
            body.Write(":"u8);
            WriteString(body, label.Value);
        }

        body.Write("}"u8);
    }

    /// <summary>Milliseconds as a number of seconds with up to three decimals. Returns the length.</summary>
    public static int WriteTimestamp(long milliseconds, Span<byte> output)
    {
        int length = 0;
        if (milliseconds < 0)
        {
            output[length++] = (byte)'-';
        }

        ulong magnitude = milliseconds < 0 ? (ulong)-(Int128)milliseconds : (ulong)milliseconds;
        (ulong seconds, ulong fraction) = Math.DivRem(magnitude, 1000);
        Utf8Formatter.TryFormat(seconds, output[length..], out int written);
        length += written;
        if (fraction != 0)
        {
            output[length++] = (byte)'.';
            Utf8Formatter.TryFormat(fraction, output[length..], out written, new StandardFormat('D', 3));
            length += written;
        }

        return length;
    }

    /// <summary>A sample value without the quotes. Returns the length; the output has room for <see cref="FloatWriter.MaxLength"/> bytes.</summary>
    public static int WriteValue(double value, Span<byte> output)
    {
        double magnitude = Math.Abs(value);
        return magnitude != 0 && (magnitude < GreatestSmallValue || magnitude >= LeastExponentValue)
            ? FloatWriter.WriteExponent(value, output)
            : FloatWriter.WriteFixed(value, output);
    }

    private static int WriteEscape(char c, Span<byte> output)
    {
        char letter = c switch
        {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => 'u',
        };
        output[0] = (byte)'\\';
        output[1] = (byte)letter;
        if (letter != 'u')
        {
            return 2;
        }

        ((int)c).TryFormat(output[2..], out int digits, "x4", CultureInfo.InvariantCulture);
        return 2 + digits;
    }
}
