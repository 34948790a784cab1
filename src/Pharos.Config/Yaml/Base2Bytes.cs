using System.Buffers;
using System.Globalization;
using System.Text;

namespace Pharos.Config.Yaml;

/// <summary>Numbers of bytes in text, where <c>KB</c> and <c>KiB</c> alike are 1024; sums as <c>1GB512MB</c> and fractions as <c>1.5GB</c> included.</summary>
public static class Base2Bytes
{
    private const string Prefixes = "KMGTPE";

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>Reads a size.</summary>
    /// <exception cref="FormatException">It is none; the message is upstream's.</exception>
    public static long Parse(string text)
    {
        ReadOnlySpan<char> rest = text;
        bool isNegative = rest.StartsWith("-");
        rest = rest.TrimStart("+-") is var unsigned && rest.Length - unsigned.Length <= 1 ? unsigned : rest;
        if (rest is "0")
        {
            return 0;
        }

        if (rest.IsEmpty)
        {
            throw new FormatException($"units: invalid {text}");
        }

        double sum = 0;
        while (!rest.IsEmpty)
        {
            int digits = rest.IndexOfAnyExcept(NumberCharacters);
            int number = digits < 0 ? rest.Length : digits;
            if (!double.TryParse(rest[..number], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count))
            {
                throw new FormatException($"units: invalid {text}");
            }

            rest = rest[number..];
            int unitEnd = rest.IndexOfAny(NumberCharacters);
            ReadOnlySpan<char> unit = rest[..(unitEnd < 0 ? rest.Length : unitEnd)];
            if (unit.IsEmpty)
            {
                throw new FormatException($"units: missing unit in {text}");
            }

            sum += count * (Multiplier(unit) ?? throw new FormatException($"units: unknown unit {unit} in {text}"));
            rest = rest[unit.Length..];
        }

        return sum < long.MaxValue ? (long)(isNegative ? -sum : sum) : throw new FormatException($"units: {text} is out of range");
    }

    /// <summary>Writes a size as upstream: <c>1GiB512MiB</c>.</summary>
    public static string Format(long bytes)
    {
        if (bytes == 0)
        {
            return "0B";
        }

        var text = new StringBuilder(bytes < 0 ? "-" : "");
        ulong rest = (ulong)Math.Abs((decimal)bytes);
        for (int i = Prefixes.Length - 1; i >= 0; i--)
        {
            ulong unit = 1UL << (10 * (i + 1));
            if (rest >= unit)
            {
                text.Append(CultureInfo.InvariantCulture, $"{rest / unit}{Prefixes[i]}iB");
                rest %= unit;
            }
        }

        return rest > 0 ? text.Append(CultureInfo.InvariantCulture, $"{rest}B").ToString() : text.ToString();
    }

    private static double? Multiplier(ReadOnlySpan<char> unit)
    {
        if (unit is "B")
        {
            return 1;
        }

        int power = unit.IsEmpty ? -1 : Prefixes.IndexOf(unit[0], StringComparison.Ordinal);
        return power >= 0 && unit[1..] is "B" or "iB" ? Math.Pow(1024, power + 1) : null;
    }
}
