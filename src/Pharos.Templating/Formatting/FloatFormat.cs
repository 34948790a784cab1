using System.Globalization;
using Pharos.Core.Buffers;

namespace Pharos.Templating.Formatting;

/// <summary>Go's <c>%e</c>, <c>%f</c> and <c>%g</c>.</summary>
internal static class FloatFormat
{
    private const int DefaultPrecision = 6;

    /// <summary>With a sign where it is negative.</summary>
    /// <param name="value">The number; infinities have a sign.</param>
    /// <param name="verb">One of <c>eEfFgG</c>.</param>
    /// <param name="precision">Null for the verb's own: the fewest digits for <c>g</c>.</param>
    public static string Format(double value, char verb, int? precision)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        string sign = double.IsNegative(value) ? "-" : "";
        string text = char.ToLowerInvariant(verb) switch
        {
            'f' => sign + ExactDecimal.Fixed(value, precision ?? DefaultPrecision),
            'e' => sign + Exponent(ExactDecimal.Significant(value, (precision ?? DefaultPrecision) + 1, out int exponent), exponent),
            _ => precision is { } digits ? sign + General(value, Math.Max(digits, 1)) : FloatWriter.ToGeneralString(value),
        };
        return char.IsUpper(verb) ? text.ToUpperInvariant() : text;
    }

    private static string General(double value, int count)
    {
        const int LeastExponent = -4;
        string digits = ExactDecimal.Significant(value, count, out int exponent).TrimEnd('0');
        digits = digits.Length == 0 ? "0" : digits;
        int limit = count > digits.Length && digits.Length > exponent ? digits.Length : count;
        if (exponent < LeastExponent || exponent >= limit)
        {
            return Exponent(digits, exponent);
        }

        if (exponent < 0)
        {
            return "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1 ? digits.PadRight(exponent + 1, '0') : $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    private static string Exponent(string digits, int exponent)
    {
        string fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }
}
