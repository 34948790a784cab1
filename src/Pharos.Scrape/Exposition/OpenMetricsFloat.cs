using System.Globalization;

namespace Pharos.Scrape.Exposition;

/// <summary>Numbers as OpenMetrics wants them in labels: <c>1.0</c>, <c>0.25</c>, <c>1e+06</c>, <c>+Inf</c>.</summary>
internal static class OpenMetricsFloat
{
    /// <summary>Go's shortest <c>%g</c>, with <c>.0</c> behind a whole number.</summary>
    public static string ToText(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        if (value == 0)
        {
            return "0.0";
        }

        string sign = value < 0 ? "-" : "";
        (string digits, int exponent) = Shortest(Math.Abs(value));
        if (exponent is < -4 or >= 6)
        {
            string mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        int whole = exponent + 1;
        return digits.Length > whole ? $"{sign}{digits[..whole]}.{digits[whole..]}" : $"{sign}{digits.PadRight(whole, '0')}.0";
    }

    // The fewest digits that give the number back, and the power of ten of the first.
    private static (string Digits, int Exponent) Shortest(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E', StringComparison.Ordinal);
        int power = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = e < 0 ? text : text[..e];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        int whole = point < 0 ? mantissa.Length : point;
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        int leading = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), power + whole - leading - 1);
    }
}
