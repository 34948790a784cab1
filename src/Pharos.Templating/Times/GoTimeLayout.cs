using System.Globalization;
using System.Text;

namespace Pharos.Templating.Times;

/// <summary>Go's layouts, which show the moment <c>Mon Jan 2 15:04:05 MST 2006</c> as the time shall be shown.</summary>
internal static class GoTimeLayout
{
    // Longer ones first; the right side is .NET's format.
    private static readonly (string Layout, string Format)[] Elements =
    [
        ("January", "MMMM"), ("Jan", "MMM"), ("Monday", "dddd"), ("Mon", "ddd"), ("MST", "'UTC'"),
        ("002", ""), ("01", "MM"), ("02", "dd"), ("03", "hh"), ("04", "mm"), ("05", "ss"), ("06", "yy"),
        ("2006", "yyyy"), ("15", "HH"), ("PM", "tt"), ("pm", "tt"), ("Z07:00:00", "'Z'"), ("Z070000", "'Z'"), ("Z07:00", "'Z'"), ("Z0700", "'Z'"), ("Z07", "'Z'"),
        ("-07:00:00", "'+00:00:00'"), ("-070000", "'+000000'"), ("-07:00", "'+00:00'"), ("-0700", "'+0000'"), ("-07", "'+00'"),
        ("_2006", "'_'yyyy"), ("_2", ""), ("1", "%M"), ("2", "%d"), ("3", "%h"), ("4", "%m"), ("5", "%s"),
    ];

    public static string Format(string layout, DateTime utc)
    {
        var text = new StringBuilder();
        for (int i = 0; i < layout.Length;)
        {
            int length = AppendFraction(text, layout, i, utc);
            if (length == 0)
            {
                length = AppendElement(text, layout, i, utc);
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

    private static int AppendElement(StringBuilder text, string layout, int position, DateTime utc)
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
                "002" => utc.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
                "_2" => utc.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
                _ => utc.ToString(format, CultureInfo.InvariantCulture),
            };
            text.Append(element == "pm" ? value.ToLowerInvariant() : value);
            return element.Length;
        }

        return 0;
    }

    // .000 and ,000 keep zeros at the end, .999 and ,999 do not; no digit may follow.
    private static int AppendFraction(StringBuilder text, string layout, int position, DateTime utc)
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

        string nanoseconds = (utc.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick).ToString("000000000", CultureInfo.InvariantCulture)[..count];
        string shown = digit == '0' ? nanoseconds : nanoseconds.TrimEnd('0');
        text.Append(shown.Length > 0 ? layout[position] + shown : "");
        return end - position;
    }
}
