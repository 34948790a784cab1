using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace Pharos.Core.Buffers;

/// <summary>
/// Writes floating-point text as Go's <c>strconv.FormatFloat(value, format, -1, 64)</c>: the fewest digits that read back to the same value; <c>+Inf</c>,
/// <c>-Inf</c>, <c>NaN</c>. Each method returns the length written into a span of at least <see cref="MaxLength"/> bytes. No allocation.
/// </summary>
public static class FloatWriter
{
    /// <summary>Room that is always enough, in bytes.</summary>
    public const int MaxLength = 352;

    private const int MaxDigits = 17;
    private const double MaxExactInteger = 1L << 53;

    /// <summary>Go's <c>'f'</c>, never an exponent: sample values in JSON.</summary>
    public static int WriteFixed(double value, Span<byte> output)
    {
        // Whole numbers, but not minus zero.
        if (Math.Abs(value) < MaxExactInteger && value == Math.Truncate(value) && (value != 0 || !double.IsNegative(value)))
        {
            Utf8Formatter.TryFormat((long)value, output, out int written);
            return written;
        }

        Span<byte> digits = stackalloc byte[MaxDigits];
        return TryWriteSpecial(value, output, out int length)
            ? length
            : WriteFixed(output, double.IsNegative(value), digits[..Decompose(value, digits, out int point)], point);
    }

    /// <summary>Go's <c>'g'</c>, an exponent below 1e-04 and from 1e+06 on: the exposition formats, and <c>%v</c> in messages.</summary>
    public static int WriteGeneral(double value, Span<byte> output)
    {
        const int LeastExponent = -4;
        const int GreatestExponent = 6;
        Span<byte> digits = stackalloc byte[MaxDigits];
        if (TryWriteSpecial(value, output, out int length))
        {
            return length;
        }

        digits = digits[..Decompose(value, digits, out int point)];
        return point - 1 is < LeastExponent or >= GreatestExponent
            ? WriteExponent(output, double.IsNegative(value), digits, point)
            : WriteFixed(output, double.IsNegative(value), digits, point);
    }

    /// <summary>Go's <c>'e'</c>: one digit before the point, at least two in the exponent.</summary>
    public static int WriteExponent(double value, Span<byte> output)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        return TryWriteSpecial(value, output, out int length)
            ? length
            : WriteExponent(output, double.IsNegative(value), digits[..Decompose(value, digits, out int point)], point);
    }

    /// <summary><see cref="WriteFixed(double, Span{byte})"/> as a string.</summary>
    public static string ToFixedString(double value)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..WriteFixed(value, text)]);
    }

    /// <summary><see cref="WriteGeneral(double, Span{byte})"/> as a string.</summary>
    public static string ToGeneralString(double value)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..WriteGeneral(value, text)]);
    }

    private static bool TryWriteSpecial(double value, Span<byte> output, out int length)
    {
        ReadOnlySpan<byte> text = double.IsFinite(value) ? default : double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8;
        text.CopyTo(output);
        length = text.Length;
        return length > 0;
    }

    // The fewest digits d1 d2 ... with |value| = 0.d1d2... * 10^point; no zero at either end, except for the value 0.
    private static int Decompose(double value, Span<byte> digits, out int point)
    {
        (ulong number, int exponent) = ShortestDecimal.Find(value);
        bool written = Utf8Formatter.TryFormat(number, digits, out int count);
        Debug.Assert(written, "the shortest digits of a double are at most 17");
        point = count + exponent;
        while (count > 1 && digits[count - 1] == '0')
        {
            count--;
        }

        return count;
    }

    private static int WriteFixed(Span<byte> output, bool negative, ReadOnlySpan<byte> digits, int point)
    {
        int length = WriteSign(output, negative);
        if (point <= 0)
        {
            "0."u8.CopyTo(output[length..]);
            output.Slice(length + 2, -point).Fill((byte)'0');
            length += 2 - point;
            digits.CopyTo(output[length..]);
            return length + digits.Length;
        }

        int whole = Math.Min(point, digits.Length);
        digits[..whole].CopyTo(output[length..]);
        output.Slice(length + whole, point - whole).Fill((byte)'0');
        length += point;
        if (digits.Length > whole)
        {
            output[length++] = (byte)'.';
            digits[whole..].CopyTo(output[length..]);
            length += digits.Length - whole;
        }

        return length;
    }

    private static int WriteExponent(Span<byte> output, bool negative, ReadOnlySpan<byte> digits, int point)
    {
        int length = WriteSign(output, negative);
        output[length++] = digits[0];
        if (digits.Length > 1)
        {
            output[length++] = (byte)'.';
            digits[1..].CopyTo(output[length..]);
            length += digits.Length - 1;
        }

        int exponent = digits[0] == '0' ? 0 : point - 1;
        output[length++] = (byte)'e';
        output[length++] = exponent < 0 ? (byte)'-' : (byte)'+';
        _ = Utf8Formatter.TryFormat(Math.Abs(exponent), output[length..], out int written, new StandardFormat('D', 2));
        return length + written;
    }

    private static int WriteSign(Span<byte> output, bool negative)
    {
        output[0] = (byte)'-';
        return negative ? 1 : 0;
    }
}
