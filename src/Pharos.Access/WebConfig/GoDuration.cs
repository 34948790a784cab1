using System.Buffers;
using System.Globalization;

namespace Pharos.Access.WebConfig;

/// <summary>Durations in Go's form, <c>1.5s</c>, <c>1m30s</c>, <c>200ms</c>; a bare number counts nanoseconds, as upstream's decoder takes it.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Nanoseconds)[] Units =
        [("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9)];

    /// <exception cref="FormatException">It is none.</exception>
    public static TimeSpan Parse(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        bool isNegative = rest.StartsWith("-");
        rest = isNegative || rest.StartsWith("+") ? rest[1..] : rest;
        if (long.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out long bare))
        {
            return FromNanoseconds(text, bare, isNegative);
        }

        double sum = 0;
        do
        {
            int digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            {
                throw Invalid(text);
            }

            rest = rest[digits..];
            int end = rest.IndexOfAny(Digits);
            sum += number * NanosecondsOf(text, end < 0 ? rest : rest[..end]);
            rest = end < 0 ? [] : rest[end..];
        }
        while (!rest.IsEmpty);
        return FromNanoseconds(text, sum, isNegative);
    }

    private static double NanosecondsOf(string text, ReadOnlySpan<char> unit)
    {
        foreach ((string name, double nanoseconds) in Units)
        {
            if (unit.SequenceEqual(name))
            {
                return nanoseconds;
            }
        }

        throw Invalid(text);
    }

    private static TimeSpan FromNanoseconds(string text, double nanoseconds, bool isNegative)
        => nanoseconds < long.MaxValue ? TimeSpan.FromTicks((long)(nanoseconds / 100)) * (isNegative ? -1 : 1) : throw Invalid(text);

    private static FormatException Invalid(string text) => new($"time: invalid duration \"{text}\"");
}
