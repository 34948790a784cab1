using System.Globalization;
using System.Text.RegularExpressions;
using Pharos.Core.Time;

namespace Pharos.Conformance.Scripts;

/// <summary>The items behind <c>metric@st</c>: how far each sample's start lies from the sample's own time.</summary>
internal static partial class StartTimestampLine
{
    /// <summary>Whether a line of a load block names start timestamps.</summary>
    public static bool IsOne(string line) => Metric(line).EndsWith("@st", StringComparison.Ordinal);

    /// <summary>The metric of such a line, without the mark.</summary>
    public static string MetricOf(string line) => Metric(line)[..^"@st".Length];

    /// <summary>Milliseconds from each sample to its start; null where a position has none.</summary>
    /// <exception cref="FormatException">An item is not valid.</exception>
    public static IReadOnlyList<long?> Parse(string line)
    {
        var offsets = new List<long?>();
        foreach (string item in line[Metric(line).Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            Match match = Item().Match(item);
            if (!match.Success)
            {
                throw new FormatException($"invalid ST item \"{item}\"");
            }

            if (match.Groups["omitted"].Success)
            {
                offsets.AddRange(Enumerable.Repeat<long?>(null, Math.Max(1, Times(match))));
                continue;
            }

            long offset = Milliseconds(match.Groups["base"].Value);
            long change = match.Groups["change"].Success ? Milliseconds(match.Groups["change"].Value) : 0;
            for (int i = 0; i <= Times(match); i++)
            {
                offsets.Add(offset + (i * change));
            }
        }

        return offsets;
    }

    private static string Metric(string line)
    {
        int end = line.IndexOfAny([' ', '\t']);
        return end < 0 ? line : line[..end];
    }

    private static int Times(Match match) =>
        match.Groups["times"].Success ? int.Parse(match.Groups["times"].Value, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static long Milliseconds(string text)
    {
        bool isNegative = text.StartsWith('-');
        return PrometheusDuration.TryParse(text.TrimStart('-', '+'), out TimeSpan duration, out string? error)
            ? (long)duration.TotalMilliseconds * (isNegative ? -1 : 1)
            : throw new FormatException(error);
    }

    [GeneratedRegex(@"^(?:(?<omitted>_)(?:x(?<times>\d{1,6}))?|(?<base>[+-]?\d+[a-z]*?)(?:(?<change>[+-]\d+[a-z]*?))?(?:x(?<times>\d{1,6}))?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Item();
}
