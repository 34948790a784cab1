namespace Pharos.Testing.Naive;

/// <summary>Parts of dates, by the calendar of .NET.</summary>
internal static class NaiveDates
{
    public static bool Knows(string name) =>
        name is "minute" or "hour" or "day_of_week" or "day_of_month" or "day_of_year" or "days_in_month" or "month" or "year";

    /// <param name="name">The function.</param>
    /// <param name="seconds">Since the Unix epoch.</param>
    /// <exception cref="UndecidedException">Beyond the calendar of .NET.</exception>
    public static double Part(string name, double seconds)
    {
        Rounding.MustDecideWhole(seconds);
        if (!(Math.Abs(seconds) < 60_000_000_000))
        {
            throw new UndecidedException($"{seconds:R} is no date of .NET");
        }

        DateTimeOffset date = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return name switch
        {
            "minute" => date.Minute,
            "hour" => date.Hour,
            "day_of_week" => (int)date.DayOfWeek,
            "day_of_month" => date.Day,
            "day_of_year" => date.DayOfYear,
            "days_in_month" => DateTime.DaysInMonth(date.Year, date.Month),
            "month" => date.Month,
            _ => date.Year,
        };
    }
}
