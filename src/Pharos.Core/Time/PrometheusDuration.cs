using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Pharos.Core.Time;

/// <summary>
/// Durations as Prometheus writes them in configuration, flags and PromQL: whole numbers with the units y, w, d, h, m, s, ms, each at most once and in
/// this order (<c>1d12h</c>); <c>0</c> needs no unit. A year is 365 days. At most 2^63 - 1 nanoseconds, about 292 years.
/// </summary>
public static class PrometheusDuration
{
    private const long MaxMilliseconds = long.MaxValue / 1_000_000;

    private static readonly (string Unit, long Milliseconds, bool OnlyWhole)[] Units =
    [
        ("y", 365L * 24 * 3600 * 1000, true),
        ("w", 7L * 24 * 3600 * 1000, true),
        ("d", 24L * 3600 * 1000, false),
        ("h", 3600L * 1000, false),
        ("m", 60L * 1000, false),
        ("s", 1000, false),
        ("ms", 1, false),
    ];

    /// <summary>Reads a duration. On failure <paramref name="error"/> is upstream's message.</summary>
    public static bool TryParse(string text, out TimeSpan duration, [NotNullWhen(false)] out string? error)
    {
        duration = default;
        error = null;
        if (text == "0")
        {
            return true;
        }

        if (text.Length == 0)
        {
            error = "empty duration string";
            return false;
        }

        if (!TryReadMilliseconds(text, out long milliseconds, out bool outOfRange))
        {
            error = outOfRange ? "duration out of range" : $"not a valid duration string: {Labels.GoQuote.Quote(text)}";
            return false;
        }

        duration = TimeSpan.FromMilliseconds(milliseconds);
        return true;
    }

    /// <summary>Prints the shortest form that upstream would print: <c>1d12h</c>, <c>0s</c>; below a millisecond is cut off. Negative ones get a minus.</summary>
    public static string Format(TimeSpan duration)
    {
        long rest = duration.Ticks / TimeSpan.TicksPerMillisecond;
        if (rest == 0)
        {
            return "0s";
        }

        var text = new StringBuilder();
        if (rest < 0)
        {
            text.Append('-');
            rest = -rest;
        }

        foreach ((string unit, long milliseconds, bool onlyWhole) in Units)
        {
            if (rest == 0)
            {
                break;
            }

            if (onlyWhole && rest % milliseconds != 0)
            {
                continue;
            }

            if (rest / milliseconds is > 0 and long count)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
                rest -= count * milliseconds;
            }
        }

        return text.ToString();
    }

    private static bool TryReadMilliseconds(string text, out long total, out bool outOfRange)
    {
        total = 0;
        outOfRange = false;
        int position = 0;
        int nextUnit = 0;
        while (position < text.Length)
        {
            int start = position;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
            {
                position++;
            }

            int digitsEnd = position;
            while (position < text.Length && !char.IsAsciiDigit(text[position]))
            {
                position++;
            }

            int unit = FindUnit(text.AsSpan(digitsEnd, position - digitsEnd), nextUnit);
            if (digitsEnd == start || unit < 0)
            {
                return false;
            }

            // The number of digits is free; a value beyond the range stays beyond it.
            if (!long.TryParse(text.AsSpan(start, digitsEnd - start), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
                || count > (MaxMilliseconds - total) / Units[unit].Milliseconds)
            {
                outOfRange = true;
                count = 0;
            }

            total += count * Units[unit].Milliseconds;
            nextUnit = unit + 1;
        }

        return !outOfRange;
    }

    private static int FindUnit(ReadOnlySpan<char> unit, int from)
    {
        for (int i = from; i < Units.Length; i++)
        {
            if (unit.SequenceEqual(Units[i].Unit))
            {
                return i;
            }
        }

        return -1;
    }
}
