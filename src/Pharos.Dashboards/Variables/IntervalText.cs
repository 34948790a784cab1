using System.Globalization;

namespace Pharos.Dashboards.Variables;

/// <summary>Durations as Grafana writes them: <c>30s</c>, <c>1h</c>, <c>&gt;10s</c>, <c>500ms</c>.</summary>
internal static class IntervalText
{
    private static readonly (string Unit, long Milliseconds)[] Units =
        [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("w", 604_800_000), ("M", 2_592_000_000), ("y", 31_536_000_000)];

    private static readonly long[] Natural =
    [
        10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_200_000, 1_800_000,
        3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 604_800_000, 2_592_000_000, 31_536_000_000,
    ];

    /// <summary>Milliseconds; null where it is no duration or none above zero.</summary>
    public static long? Parse(string text)
    {
        string duration = text.Trim().TrimStart('>', '<', '=').Trim();
        int digits = 0;
        while (digits < duration.Length && (char.IsAsciiDigit(duration[digits]) || duration[digits] == '.'))
        {
            digits++;
        }

        if (!double.TryParse(duration.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            return null;
        }

        // A number alone is seconds.
        string unit = digits == duration.Length ? "s" : duration[digits..].Trim();
        long factor = Array.Find(Units, u => u.Unit == unit).Milliseconds;
        double milliseconds = number * factor;
        return milliseconds is >= 1 and < 1e15 ? (long)milliseconds : null;
    }

    /// <summary>The step that divides a range into about so many, a round one, not below the least.</summary>
    public static string Auto(long rangeMs, int count, long leastMs)
    {
        long wanted = Math.Max(rangeMs / Math.Max(count, 1), leastMs);
        long step = Natural[^1];
        for (int i = 0; i < Natural.Length - 1; i++)
        {
            if (wanted < (Natural[i] + Natural[i + 1]) / 2)
            {
                step = Natural[i];
                break;
            }
        }

        return Format(Math.Max(step, leastMs));
    }

    /// <summary>In the largest unit that leaves no rest.</summary>
    public static string Format(long milliseconds)
    {
        (string unit, long size) = Units.Take(5).Last(u => milliseconds % u.Milliseconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / size}{unit}");
    }
}
