using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;

namespace Pharos.Server.Export;

/// <summary>The pieces of lines in the exposition formats and their relatives. The caller writes the punctuation.</summary>
internal static class SampleText
{
    private const int MaxTimestampBytes = 32;
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\\\"\n");

    /// <summary>The text in UTF-8.</summary>
    public static void Write(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);

    /// <summary>A metric or label name, in quotes where it is not of the old form of metric names.</summary>
    public static void WriteName(IBufferWriter<byte> output, string name)
    {
        if (LabelName.IsLegacyMetric(name))
        {
            Write(output, name);
        }
        else
        {
            WriteQuoted(output, name);
        }
    }

    /// <summary>The text in quotes; backslash, quote and line feed are escaped, nothing else.</summary>
    public static void WriteQuoted(IBufferWriter<byte> output, string text)
    {
        output.Write("\""u8);
        ReadOnlySpan<char> rest = text;
        while (rest.IndexOfAny(Escaped) is int plain and >= 0)
        {
            Encoding.UTF8.GetBytes(rest[..plain], output);
            output.Write(rest[plain] switch
            {
                '\n' => "\\n"u8,
                '"' => "\\\""u8,
                _ => "\\\\"u8,
            });
            rest = rest[(plain + 1)..];
        }

        Encoding.UTF8.GetBytes(rest, output);
        output.Write("\""u8);
    }

    /// <summary>A value: the shortest text that reads back to the same number, with an exponent from 1e+06 on.</summary>
    public static void WriteValue(IBufferWriter<byte> output, double value) => output.Advance(FloatWriter.WriteGeneral(value, output.GetSpan(FloatWriter.MaxLength)));

    /// <summary>Milliseconds as seconds with three decimals.</summary>
    public static void WriteSeconds(IBufferWriter<byte> output, long milliseconds)
    {
        Span<byte> text = output.GetSpan(MaxTimestampBytes);
        ulong magnitude = milliseconds < 0 ? (ulong)-(Int128)milliseconds : (ulong)milliseconds;
        (ulong seconds, ulong fraction) = Math.DivRem(magnitude, 1000);
        int length = 0;
        if (milliseconds < 0)
        {
            text[length++] = (byte)'-';
        }

        Utf8Formatter.TryFormat(seconds, text[length..], out int written);
        length += written;
        text[length++] = (byte)'.';
        Utf8Formatter.TryFormat(fraction, text[length..], out written, new StandardFormat('D', 3));
        output.Advance(length + written);
    }

    /// <summary>Milliseconds as they are.</summary>
    public static void WriteMilliseconds(IBufferWriter<byte> output, long milliseconds)
    {
        Utf8Formatter.TryFormat(milliseconds, output.GetSpan(MaxTimestampBytes), out int written);
        output.Advance(written);
    }
}
