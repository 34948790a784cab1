using System.Globalization;
using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Core.Time;

/// <summary>
/// Duration text of configuration files and PromQL: whole numbers with units in falling order, <c>1h30m</c>; units y w d h m s ms, a year being 365 days
/// and a week 7. <c>0</c> needs no unit. At most about 292 years.
/// </summary>
public static class PrometheusDuration
{
    private const long MaxNanoseconds = long.MaxValue;
    private const long NanosecondsPerMillisecond = 1_000_000;

    private static readonly (string Name, long Milliseconds, bool OnlyWhole)[] Units =
    [
        ("y", 365L * 24 * 60 * 60 * 1000, true),
        ("w", 7L * 24 * 60 * 60 * 1000, true),
        ("d", 24L * 60 * 60 * 1000, false),
        ("h", 60L * 60 * 1000, false),
        ("m", 60L * 1000, false),
        ("s", 1000, false),
        ("ms", 1, false),
    ];

    /// <summary>Parses a duration that is not negative.</summary>
    /// <exception cref="FormatException">The text is no duration; the message is upstream's.</exception>
    public static TimeSpan Parse(string text) =>
        TryParse(text, out TimeSpan duration, out string? error) ? duration : throw new FormatException(error);

    /// <summary>Parses a duration that is not negative; false with upstream's message when the text is none.</summary>
    public static bool TryParse(string text, out TimeSpan duration, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? error)
    {
        duration = TimeSpan.Zero;
        error = null;
        if (text.Length == 0)
        {
            error = "empty duration string";
            return false;
        }

        if (text == "0")
        {
            return true;
        }

        error = Sum(text, out long milliseconds);
        duration = new TimeSpan(milliseconds * TimeSpan.TicksPerMillisecond);
        return error is null;
    }

    /// <summary>As <see cref="TryParse"/>, but one leading minus is taken; for PromQL offsets.</summary>
    public static bool TryParseSigned(string text, out TimeSpan duration, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? error)
    {
        bool negative = text.StartsWith('-');
        bool parsed = TryParse(negative ? text[1..] : text, out duration, out error);
        duration = negative ? -duration : duration;
        return parsed;
    }

    /// <summary>
    /// The shortest usual text: years and weeks only where nothing remains after them (<c>90d</c>, not <c>12w6d</c>). What is below a millisecond is cut off.
    /// </summary>
    public static string Format(TimeSpan duration)
    {
        long rest = duration.Ticks / TimeSpan.TicksPerMillisecond;
        if (rest == 0)
        {
            return "0s";
        }

        var text = new StringBuilder(16);
        if (rest < 0)
        {
            text.Append('-');
            rest = -rest;
        }

        foreach ((string name, long milliseconds, bool onlyWhole) in Units)
        {
            if (rest >= milliseconds && !(onlyWhole && rest % milliseconds != 0))
            {
                text.Append(CultureInfo.InvariantCulture, $"{rest / milliseconds}{name}");
                rest %= milliseconds;
            }
        }

        return text.ToString();
    }

    // Returns the error or null. Range is checked in nanoseconds, as upstream's 64-bit nanoseconds overflow.
    private static string? Sum(string text, out long milliseconds)
    {
        milliseconds = 0;
        int nextUnit = 0;
        for (int i = 0; i < text.Length;)
        {
            int digits = i;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                i++;
            }

            int unitStart = i;
            while (i < text.Length && !char.IsAsciiDigit(text[i]))
            {
                i++;
            }

            if (unitStart == digits || unitStart == i
                || !ulong.TryParse(text.AsSpan(digits, unitStart - digits), NumberStyles.None, CultureInfo.InvariantCulture, out ulong count))
            {
                return NotValid(text);
            }

            string unitName = text[unitStart..i];
            int unit = Array.FindIndex(Units, u => string.Equals(u.Name, unitName, StringComparison.Ordinal));
            if (unit < 0)
            {
                return $"unknown unit {GoQuote.Quote(unitName)} in duration {GoQuote.Quote(text)}";
            }

            if (unit < nextUnit)
            {
                return NotValid(text);
            }

            nextUnit = unit + 1;
            const long Max = MaxNanoseconds / NanosecondsPerMillisecond;
            if (count > (ulong)(Max / Units[unit].Milliseconds) || (milliseconds += (long)count * Units[unit].Milliseconds) > Max)
            {
                milliseconds = 0;
                return "duration out of range";
            }
        }

        return null;
    }

    private static string NotValid(string text) => $"not a valid duration string: {GoQuote.Quote(text)}";
}
