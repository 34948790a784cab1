using System.Globalization;
using System.Text.RegularExpressions;
using Pharos.Alerting.TimeIntervals;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Configuration;

/// <summary>Reads <c>time_intervals</c> and collects them by name. Not for several threads.</summary>
public sealed partial class TimeIntervalReader
{
    private static readonly string[] WeekdayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private static readonly string[] MonthNames =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private readonly Dictionary<string, IReadOnlyList<TimeInterval>> _intervals = new(StringComparer.Ordinal);

    /// <summary>What was read so far.</summary>
    public TimeIntervalTable Table => new(_intervals);

    /// <summary>Reads one interval.</summary>
    public static TimeInterval Read(YamlMapping map) => new()
    {
        Times = map.Has("times") ? map.Sections("times", "timeinterval.yamlTimeRange", ReadTimes, null) : Skip<MinuteRange>(map, "times"),
        Weekdays = Ranges(map, "weekdays", ParseWeekdays),
        DaysOfMonth = Ranges(map, "days_of_month", ParseDays),
        Months = Ranges(map, "months", ParseMonths),
        Years = Ranges(map, "years", ParseYears),
        Location = ReadLocation(map),
    };

    /// <summary>Reads an item of the lists at the top of the file.</summary>
    internal string ReadNamed(YamlMapping map, string what)
    {
        string name = map.String("name");
        IReadOnlyList<TimeInterval> intervals = map.Sections("time_intervals", "timeinterval.TimeInterval", Read, null);
        if (name.Length == 0)
        {
            map.Refuse("name", $"missing name in {what}", "a name");
        }
        else if (!_intervals.TryAdd(name, intervals))
        {
            map.Refuse("name", $"{what} {GoQuote.Quote(name)} is not unique", "another name");
        }

        return name;
    }

    private static IReadOnlyList<T>? Skip<T>(YamlMapping map, string key)
    {
        map.Take(key);
        return null;
    }

    private static MinuteRange ReadTimes(YamlMapping map)
    {
        string start = map.String("start_time");
        string end = map.String("end_time");
        if (start.Length == 0 || end.Length == 0)
        {
            map.Refuse("both start and end times must be provided");
            return default;
        }

        if (Minute(map, "start_time", start) is not { } from || Minute(map, "end_time", end) is not { } to)
        {
            return default;
        }

        if (from >= to)
        {
            map.Refuse("start time cannot be equal or greater than end time");
        }

        return new MinuteRange(from, to);
    }

    private static int? Minute(YamlMapping map, string key, string text)
    {
        if (TimeOfDay().IsMatch(text))
        {
            return (int.Parse(text.AsSpan(0, 2), CultureInfo.InvariantCulture) * 60) + int.Parse(text.AsSpan(3), CultureInfo.InvariantCulture);
        }

        map.Refuse(key, $"couldn't parse timestamp {text}, invalid format", "a time such as 09:30, at most 24:00");
        return null;
    }

    private static List<InclusiveRange>? Ranges(YamlMapping map, string key, Func<string, InclusiveRange> parse)
    {
        if (!map.Has(key))
        {
            map.Take(key);
            return null;
        }

        var ranges = new List<InclusiveRange>();
        foreach (YamlNode item in map.Items(key, "[]string"))
        {
            if (item.Kind != YamlKind.Scalar)
            {
                map.Diagnostics.Error(item.Position, $"cannot unmarshal {YamlScalar.ResolveTag(item)} into string", expected: "a range such as monday:friday or 1:15");
                continue;
            }

            try
            {
                ranges.Add(parse(item.Text.ToLowerInvariant()));
            }
            catch (FormatException e)
            {
                map.Diagnostics.Error(item.Position, e.Message, item.Text);
            }
        }

        map.Record(key, new CanonicalList([.. map.Items(key, "[]string").Select(static i => CanonicalScalar.OfText(i.Text.ToLowerInvariant()))]) { IsFlow = true });
        return ranges;
    }

    private static TimeZoneInfo? ReadLocation(YamlMapping map)
    {
        string name = map.String("location");
        if (name is "" or "UTC" or "Local")
        {
            return name == "Local" ? TimeZoneInfo.Local : null;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone))
        {
            return zone;
        }

        map.Refuse("location", $"unknown time zone {name}", "a name such as Europe/Berlin");
        return null;
    }

    private static InclusiveRange Split(string text, Func<string, int> parse)
    {
        string[] parts = text.Split(':');
        return parts.Length switch
        {
            1 => new InclusiveRange(parse(text), parse(text)),
            2 => new InclusiveRange(parse(parts[0]), parse(parts[1])),
            _ => throw new FormatException($"couldn't parse range {text}, invalid format"),
        };
    }

    private static InclusiveRange ParseWeekdays(string text)
    {
        InclusiveRange range = Split(text, static t => Array.IndexOf(WeekdayNames, t) is >= 0 and int day ? day : throw new FormatException($"{t} is not a valid weekday"));
        return range.Begin <= range.End ? range : throw new FormatException("start day cannot be before end day");
    }

    private static InclusiveRange ParseDays(string text)
    {
        const int MaxDay = 31;
        const int ShortestMonth = 28;
        InclusiveRange range = Split(text, Number);
        foreach (int day in (int[])[range.Begin, range.End])
        {
            if (day is 0 or < -MaxDay or > MaxDay)
            {
                throw new FormatException($"{day} is not a valid day of the month: out of range");
            }
        }

        if (range is { Begin: < 0, End: > 0 })
        {
            throw new FormatException("end day must be negative if start day is negative");
        }

        // What is empty even in the shortest month is a mistake; in others it depends.
        int begin = range.Begin < 0 ? ShortestMonth + range.Begin : range.Begin;
        int end = range.End < 0 ? ShortestMonth + range.End : range.End;
        return begin <= end ? range : throw new FormatException($"end day {range.End} is always before start day {range.Begin}");
    }

    private static InclusiveRange ParseMonths(string text)
    {
        InclusiveRange range = Split(text, static t => Array.IndexOf(MonthNames, t) is >= 0 and int month
            ? month + 1
            : int.TryParse(t, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : throw new FormatException($"{t} is not a valid month"));
        return range.Begin <= range.End
            ? range
            : throw new FormatException($"end month {MonthNames.ElementAtOrDefault(range.End - 1)} is before start month {MonthNames.ElementAtOrDefault(range.Begin - 1)}");
    }

    private static InclusiveRange ParseYears(string text)
    {
        InclusiveRange range = Split(text, Number);
        return range.Begin <= range.End ? range : throw new FormatException($"end year {range.End} is before start year {range.Begin}");
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new FormatException($"strconv.Atoi: parsing {GoQuote.Quote(text)}: invalid syntax");

    [GeneratedRegex(@"\A(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeOfDay();
}
