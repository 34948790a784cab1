using System.Globalization;
using System.Text;

namespace Pharos.Templating.Times;

/// <summary>Go's layouts, which show the moment <c>Mon Jan 2 15:04:05 MST 2006</c> as the time shall be shown.</summary>
internal static class GoTimeLayout
{
    // Longer ones first; the right side is .NET's format.
    private static readonly (string Layout, string Format)[] Elements =
    [
        ("January", "MMMM"), ("Jan", "MMM"), ("Monday", "dddd"), ("Mon", "ddd"), ("MST", ""),
        ("002", ""), ("01", "MM"), ("02", "dd"), ("03", "hh"), ("04", "mm"), ("05", "ss"), ("06", "yy"),
        ("2006", "yyyy"), ("15", "HH"), ("PM", "tt"), ("pm", "tt"), ("Z07:00:00", ""), ("Z070000", ""), ("Z07:00", ""), ("Z0700", ""), ("Z07", ""),
        ("-07:00:00", ""), ("-070000", ""), ("-07:00", ""), ("-0700", ""), ("-07", ""),
        ("_2006", "'_'yyyy"), ("_2", ""), ("1", "%M"), ("2", "%d"), ("3", "%h"), ("4", "%m"), ("5", "%s"),
    ];

    /// <param name="layout">Go's layout.</param>
    /// <param name="local">The time where it is shown.</param>
    /// <param name="offset">How far that is from UTC.</param>
    /// <param name="abbreviation">The name of that difference, as <c>CET</c>.</param>
    public static string Format(string layout, DateTime local, TimeSpan offset, Func<string> abbreviation)
    {
        var text = new StringBuilder();
        for (int i = 0; i < layout.Length;)
        {
            int length = AppendFraction(text, layout, i, local);
            if (length == 0)
            {
                length = AppendElement(text, layout, i, local, offset, abbreviation);
            }

            if (length == 0)
            {
                text.Append(layout[i]);
                length = 1;
            }

            i += length;
        }

        return text.ToString();
    }

    private static int AppendElement(StringBuilder text, string layout, int position, DateTime local, TimeSpan offset, Func<string> abbreviation)
    {
        foreach ((string element, string format) in Elements)
        {
            if (string.CompareOrdinal(layout, position, element, 0, element.Length) != 0)
            {
                continue;
            }

            // Jan and Mon are none within a longer word.
            if (element is "Jan" or "Mon" && position + 3 < layout.Length && char.IsAsciiLetterLower(layout[position + 3]))
            {
                continue;
            }

            string value = element switch
            {
                "MST" => abbreviation(),
                ['Z' or '-', ..] => Offset(element, offset),
                "002" => local.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
                "_2" => local.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
                _ => local.ToString(format, CultureInfo.InvariantCulture),
            };
            text.Append(element == "pm" ? value.ToLowerInvariant() : value);
            return element.Length;
        }

        return 0;
    }

    // Z stands for no difference; colons and seconds as the layout has them.
    private static string Offset(string element, TimeSpan offset)
    {
        if (element[0] == 'Z' && offset == TimeSpan.Zero)
        {
            return "Z";
        }

        string separator = element.Contains(':', StringComparison.Ordinal) ? ":" : "";
        int parts = element.Count(char.IsAsciiDigit) / 2;
        TimeSpan length = offset.Duration();
        string[] shown = [$"{(offset < TimeSpan.Zero ? '-' : '+')}{length.Hours:00}", $"{length.Minutes:00}", $"{length.Seconds:00}"];
        return string.Join(separator, shown[..parts]);
    }

    // .000 and ,000 keep zeros at the end, .999 and ,999 do not; no digit may follow.
    private static int AppendFraction(StringBuilder text, string layout, int position, DateTime local)
    {
        if (layout[position] is not ('.' or ',') || position + 1 >= layout.Length || layout[position + 1] is not ('0' or '9'))
        {
            return 0;
        }

        char digit = layout[position + 1];
        int end = position + 1;
        while (end < layout.Length && layout[end] == digit)
        {
            end++;
        }

        const int MaxDigits = 9;
        int count = end - position - 1;
        if ((end < layout.Length && char.IsAsciiDigit(layout[end])) || count > MaxDigits)
        {
            return 0;
        }

        string nanoseconds = (local.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick).ToString("000000000", CultureInfo.InvariantCulture)[..count];
        string shown = digit == '0' ? nanoseconds : nanoseconds.TrimEnd('0');
        text.Append(shown.Length > 0 ? layout[position] + shown : "");
        return end - position;
    }
}
