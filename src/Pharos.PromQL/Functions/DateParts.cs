namespace Pharos.PromQL.Functions;

/// <summary>Parts of a UTC date, of seconds since the Unix epoch. Any number of seconds has a date in the Gregorian calendar.</summary>
internal static class DateParts
{
    private const long SecondsPerDay = 86_400;

    /// <summary>The function of this PromQL name, or null.</summary>
    public static Func<double, double>? Find(string name) => name switch
    {
        "minute" => static v => Floor(SecondOfDay(v), 60) % 60,
        "hour" => static v => Floor(SecondOfDay(v), 3600),
        "day_of_week" => static v => Modulo(Day(v) + 4, 7),
        "day_of_month" => static v => Civil(v).Day,
        "day_of_year" => static v => DayOfYear(v),
        "days_in_month" => static v => DaysInMonth(Civil(v)),
        "month" => static v => Civil(v).Month,
        "year" => static v => Civil(v).Year,
        _ => null,
    };

    // What no 64-bit number holds is one date, whatever its sign: upstream's on amd64, where the conversion gives 2^63 and the calendar goes around.
    private static long Seconds(double value) => value >= long.MinValue ? (long)value : long.MaxValue;

    private static long Day(double value) => Floor(Seconds(value), SecondsPerDay);

    private static long SecondOfDay(double value) => Modulo(Seconds(value), SecondsPerDay);

    private static double DayOfYear(double value)
    {
        long day = Day(value);
        (long year, _, _) = Civil(value);
        return day - DayOf(year) + 1;
    }

    private static int DaysInMonth((long Year, int Month, int Day) date) => date.Month switch
    {
        2 => IsLeap(date.Year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private static bool IsLeap(long year) => Modulo(year, 4) == 0 && (Modulo(year, 100) != 0 || Modulo(year, 400) == 0);

    // Days from the epoch to the first of January.
    private static long DayOf(long year)
    {
        long before = year - 1;
        return (365 * (year - 1970)) + Floor(before, 4) - Floor(before, 100) + Floor(before, 400) - 477;
    }

    // The year is taken to begin in March, so that the leap day is its last; 400 years always have 146097 days.
    private static (long Year, int Month, int Day) Civil(double value)
    {
        long day = Day(value) + 719_468;
        long era = Floor(day, 146_097);
        long dayOfEra = day - (era * 146_097);
        long yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        long dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        long shifted = ((5 * dayOfYear) + 2) / 153;
        int dayOfMonth = (int)(dayOfYear - (((153 * shifted) + 2) / 5) + 1);
        int month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, dayOfMonth);
    }

    private static long Floor(long value, long by)
    {
        long quotient = value / by;
        return value % by < 0 ? quotient - 1 : quotient;
    }

    private static long Modulo(long value, long by) => value - (Floor(value, by) * by);
}
