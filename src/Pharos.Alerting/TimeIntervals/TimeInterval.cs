namespace Pharos.Alerting.TimeIntervals;

/// <summary>Recurring times. What is null does not narrow it; an empty list fits nothing. Immutable.</summary>
public sealed record TimeInterval
{
    public IReadOnlyList<MinuteRange>? Times { get; init; }

    /// <summary>0 is Sunday.</summary>
    public IReadOnlyList<InclusiveRange>? Weekdays { get; init; }

    /// <summary>1 to 31; negative ones count from the end of the month, -1 being its last day.</summary>
    public IReadOnlyList<InclusiveRange>? DaysOfMonth { get; init; }

    /// <summary>1 is January.</summary>
    public IReadOnlyList<InclusiveRange>? Months { get; init; }

    public IReadOnlyList<InclusiveRange>? Years { get; init; }

    /// <summary>Where the clock stands that all this is read from; null: UTC.</summary>
    public TimeZoneInfo? Location { get; init; }

    /// <summary>Whether a moment is within.</summary>
    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    public bool Contains(long timestamp)
    {
        DateTimeOffset utc = DateTimeOffset.FromUnixTimeMilliseconds(timestamp);
        DateTimeOffset local = Location is null ? utc : TimeZoneInfo.ConvertTime(utc, Location);
        int minute = (local.Hour * 60) + local.Minute;
        return (Times is null || Times.Any(t => minute >= t.StartMinute && minute < t.EndMinute))
            && (DaysOfMonth is null || DaysOfMonth.Any(d => ContainsDay(d, local)))
            && IsWithin(Months, local.Month)
            && IsWithin(Weekdays, (int)local.DayOfWeek)
            && IsWithin(Years, local.Year);
    }

    private static bool IsWithin(IReadOnlyList<InclusiveRange>? ranges, int value) => ranges is null || ranges.Any(r => r.Contains(value));

    // A range that begins behind the month's end is not in it; one that ends there ends with it.
    private static bool ContainsDay(InclusiveRange range, DateTimeOffset local)
    {
        int days = DateTime.DaysInMonth(local.Year, local.Month);
        int begin = range.Begin < 0 ? days + range.Begin + 1 : range.Begin;
        int end = range.End < 0 ? days + range.End + 1 : range.End;
        return begin <= days && local.Day >= begin && local.Day <= end;
    }
}
