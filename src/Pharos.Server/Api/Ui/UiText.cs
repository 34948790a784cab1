using System.Globalization;

namespace Pharos.Server.Api.Ui;

/// <summary>Sentences, and numbers in them.</summary>
internal static class UiText
{
    private static readonly string[] Small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB", "PB"];

    /// <summary><c>1 rule</c>, <c>1,204 rules</c>.</summary>
    public static string Count(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>As a word up to ten.</summary>
    public static string Word(int count) => count < Small.Length ? Small[count] : count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>With a capital letter and a full stop.</summary>
    public static string Sentence(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return trimmed;
        }

        string end = trimmed[^1] is '.' or '!' or '?' or '…' ? "" : ".";
        return string.Concat(char.ToUpperInvariant(trimmed[0]).ToString(), trimmed.AsSpan(1), end);
    }

    /// <summary>By thousands, as disks are sold.</summary>
    public static string Bytes(double bytes)
    {
        int unit = 0;
        while (bytes >= 1000 && unit < Units.Length - 1)
        {
            bytes /= 1000;
            unit++;
        }

        string format = unit == 0 || bytes >= 100 ? "0" : "0.0";
        return $"{bytes.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>One unit, as <c>3 h</c>.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)duration.TotalSeconds)} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} m"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalDays} d"),
    };
}
