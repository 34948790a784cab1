using System.Globalization;
using System.Text.RegularExpressions;
using Pharos.Templating.Times;

namespace Pharos.Alerting.Configuration;

/// <summary>Go's text of durations, as <c>1h2m3.5s</c>, which some of upstream's fields have in place of its own.</summary>
internal static partial class GoDurationText
{
    /// <summary>Parses a duration; false where the text is none or is too long for .NET.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        string digits = text.TrimStart('-', '+');
        if (text.Length - digits.Length > 1 || (digits != "0" && !Whole().IsMatch(digits)))
        {
            return false;
        }

        double nanoseconds = 0;
        foreach (Match part in Part().Matches(digits))
        {
            double unit = part.Groups[2].Value switch
            {
                "ns" => 1,
                "us" or "µs" or "μs" => 1e3,
                "ms" => 1e6,
                "s" => 1e9,
                "m" => 60e9,
                _ => 3600e9,
            };
            nanoseconds += double.Parse(part.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * unit;
        }

        if (nanoseconds > long.MaxValue)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)(nanoseconds / TimeSpan.NanosecondsPerTick)) * (text.StartsWith('-') ? -1 : 1);
        return true;
    }

    /// <summary>Go's text of a duration.</summary>
    public static string Format(TimeSpan duration) => new GoDuration(duration.Ticks * TimeSpan.NanosecondsPerTick).ToString();

    [GeneratedRegex(@"\A(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Whole();

    [GeneratedRegex(@"([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
