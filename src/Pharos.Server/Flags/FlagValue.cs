using System.Globalization;
using Pharos.Core.Labels;
using Pharos.Core.Time;

namespace Pharos.Server.Flags;

/// <summary>Reads the text of a flag by its kind, and prints it as upstream shows it.</summary>
internal static class FlagValue
{
    private static readonly string[] ByteUnits = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>The normal form of the text.</summary>
    /// <exception cref="FlagException">The text is no value of this kind.</exception>
    public static string Normalize(FlagDefinition flag, string text)
    {
        switch (flag.Kind)
        {
            case FlagKind.Integer:
                return ToInteger(flag, text).ToString(CultureInfo.InvariantCulture);
            case FlagKind.Float:
                return ToFloat(flag, text).ToString(CultureInfo.InvariantCulture);
            case FlagKind.Duration:
                return PrometheusDuration.Format(ToDuration(flag, text));
            case FlagKind.GoDuration:
                ToGoDuration(flag, text);
                return text;
            case FlagKind.Bytes:
                return FormatBytes(ToBytes(flag, text));
            case FlagKind.Choice:
            case FlagKind.Text when flag.Choices.Count > 0:
                CheckChoice(flag, text);
                return text;
            default:
                return text;
        }
    }

    public static long ToInteger(FlagDefinition flag, string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            return value;
        }

        double number = ToFloat(flag, text);
        return Math.Abs(number) < 9e15 && number == Math.Floor(number) ? (long)number : throw Wrong(flag, text, "a whole number");
    }

    public static double ToFloat(FlagDefinition flag, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Wrong(flag, text, "a number");

    public static TimeSpan ToDuration(FlagDefinition flag, string text) =>
        PrometheusDuration.TryParse(text, out TimeSpan duration, out string? error) ? duration : throw Wrong(flag, error);

    /// <summary>A sum of numbers with units, fractions allowed: <c>1m30.5s</c>.</summary>
    public static TimeSpan ToGoDuration(FlagDefinition flag, string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        double seconds = 0;
        int position = 0;
        while (position < text.Length)
        {
            int start = position;
            while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'))
            {
                position++;
            }

            int end = position;
            while (position < text.Length && !char.IsAsciiDigit(text[position]) && text[position] != '.')
            {
                position++;
            }

            if (!double.TryParse(text.AsSpan(start, end - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
                || SecondsOf(text[end..position]) is not { } unit)
            {
                throw Wrong(flag, text, "a duration such as 2ms");
            }

            seconds += number * unit;
        }

        return text.Length > 0 && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : throw Wrong(flag, text, "a duration such as 2ms");
    }

    public static long ToBytes(FlagDefinition flag, string text)
    {
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
        {
            digits++;
        }

        int unit = Array.IndexOf(ByteUnits, text[digits..].Replace("iB", "B", StringComparison.Ordinal));
        if (unit < 0 || !double.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
        {
            throw Wrong(flag, text, "a number with one of the units B, KB, MB, GB, TB, PB, EB");
        }

        double bytes = number * Math.Pow(1024, unit);
        return bytes < long.MaxValue ? (long)bytes : throw Wrong(flag, text, "less than 8EB");
    }

    private static string FormatBytes(long bytes)
    {
        int unit = 0;
        while (unit < ByteUnits.Length - 1 && bytes != 0 && bytes % 1024 == 0)
        {
            bytes /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes}{(unit == 0 ? "B" : ByteUnits[unit].Insert(1, "i"))}");
    }

    private static double? SecondsOf(string unit) => unit switch
    {
        "ns" => 1e-9,
        "us" or "µs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => null,
    };

    private static void CheckChoice(FlagDefinition flag, string text)
    {
        IEnumerable<string> words = flag.Repeatable ? text.Split(',') : [text];
        foreach (string word in words)
        {
            if (!flag.Choices.Contains(word, StringComparer.Ordinal))
            {
                throw Wrong(flag, word, $"one of {string.Join(", ", flag.Choices)}");
            }
        }
    }

    private static FlagException Wrong(FlagDefinition flag, string text, string expected) =>
        Wrong(flag, $"{GoQuote.Quote(text)} is not {expected}");

    private static FlagException Wrong(FlagDefinition flag, string what) => new($"--{flag.Name}: {what}", exitCode: 2);
}
