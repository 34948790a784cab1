using System.Globalization;
using System.Text;

namespace Pharos.Dashboards.Variables;

/// <summary>Writes times in UTC by the patterns of Grafana's <c>date</c> format, which are those of moment.js.</summary>
internal static class DateText
{
    // The longest first: YYYY before YY.
    private static readonly (string Token, string Format)[] Tokens =
    [
        ("YYYY", "yyyy"), ("YY", "yy"), ("MMMM", "MMMM"), ("MMM", "MMM"), ("MM", "MM"), ("M", "%M"), ("DD", "dd"), ("D", "%d"), ("dddd", "dddd"), ("ddd", "ddd"),
        ("HH", "HH"), ("H", "%H"), ("hh", "hh"), ("h", "%h"), ("mm", "mm"), ("m", "%m"), ("SSS", "fff"), ("ss", "ss"), ("s", "%s"), ("A", "tt"), ("ZZ", "zz00"), ("Z", "zzz"),
    ];

    /// <param name="milliseconds">Since the Unix epoch; outside the years 1 to 9999 written as it is.</param>
    /// <param name="pattern"><c>iso</c> or nothing, <c>seconds</c>, or a pattern.</param>
    public static string Write(long milliseconds, string pattern)
    {
        if (milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return milliseconds.ToString(CultureInfo.InvariantCulture);
        }

        DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return pattern switch
        {
            "" or "iso" => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            "seconds" => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            _ => ByPattern(time, pattern),
        };
    }

    private static string ByPattern(DateTimeOffset time, string pattern)
    {
        var text = new StringBuilder(pattern.Length + 8);
        for (int i = 0; i < pattern.Length;)
        {
            if (pattern[i] == '[' && pattern.IndexOf(']', i) is int end and > 0)
            {
                text.Append(pattern, i + 1, end - i - 1);
                i = end + 1;
                continue;
            }

            (string token, string format) = Array.Find(Tokens, t => string.CompareOrdinal(pattern, i, t.Token, 0, t.Token.Length) == 0);
            text.Append(token is null ? pattern[i].ToString() : time.ToString(format, CultureInfo.InvariantCulture));
            i += token?.Length ?? 1;
        }

        return text.ToString();
    }
}
