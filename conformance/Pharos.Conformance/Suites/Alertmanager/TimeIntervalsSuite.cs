using System.Globalization;
using System.Text;
using System.Text.Json;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.TimeIntervals;
using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Templating.Times;

namespace Pharos.Conformance.Suites.Alertmanager;

/// <summary>Recurring times: how they are written, and what is within.</summary>
internal sealed class TimeIntervalsSuite : ISuite
{
    private const string Layout = "02 Jan 06 15:04 -0700";

    public string Area => AlertmanagerJson.Area;

    public string FilePattern => "time_intervals.json";

    public void Run(string path, CaseReporter report)
    {
        foreach ((string group, int number, JsonElement item) in GroupedCases.Read(path))
        {
            string name = $"{group} {number}";
            string wrong = group switch
            {
                "timeIntervalTestCases" => Contained(Interval(item.GetProperty("timeInterval")), item, "validTimeStrings", "invalidTimeStrings"),
                "timeStringTestCases" => RunTimes(item),
                "TestIntervener_Mutes" => RunMutes(item),
                _ => RunYaml(item),
            };
            report.Check(name, "", wrong);
        }
    }

    private static string RunTimes(JsonElement item)
    {
        (IReadOnlyList<TimeInterval> intervals, IReadOnlyList<ConfigError> errors) = Read($"times: [{item.GetProperty("timeString").GetString()}]");
        if (item.GetProperty("expectError").GetBoolean())
        {
            return errors.Count > 0 ? "" : "was read";
        }

        JsonElement range = item.GetProperty("TimeRange");
        MinuteRange expected = new(range.GetProperty("StartMinute").GetInt32(), range.GetProperty("EndMinute").GetInt32());
        return errors.Count > 0 ? errors[0].Message : intervals[0].Times![0] == expected ? "" : $"{intervals[0].Times![0]}";
    }

    private static string RunYaml(JsonElement item)
    {
        (IReadOnlyList<TimeInterval> intervals, IReadOnlyList<ConfigError> errors) = Read(item.GetProperty("in").GetString()!);
        string error = string.Join("; ", errors.Select(static e => e.Message));
        if (item.TryGetProperty("expectError", out JsonElement fails) && fails.GetBoolean())
        {
            return error.Contains(AlertmanagerJson.OptionalText(item, "err") ?? "", StringComparison.Ordinal) && errors.Count > 0 ? "" : $"got {error}";
        }

        if (errors.Count > 0)
        {
            return error;
        }

        string wrong = item.TryGetProperty("intervals", out JsonElement expected)
            ? string.Concat(expected.EnumerateArray().Zip(intervals, static (e, i) => Describe(Interval(e)) == Describe(i) ? "" : $"expected {Describe(Interval(e))} but got {Describe(i)}"))
            : "";
        return wrong + string.Concat(Times(item, "contains").Where(t => !intervals.Any(i => i.Contains(t))).Select(static t => $"does not contain {t} "))
            + string.Concat(Times(item, "excludes").Where(t => intervals.Any(i => i.Contains(t))).Select(static t => $"contains {t} "));
    }

    private static string RunMutes(JsonElement item)
    {
        (IReadOnlyList<TimeInterval> evenings, _) = Read("times: [{start_time: '00:00', end_time: '09:00'}, {start_time: '17:00', end_time: '24:00'}]\nlocation: Australia/Sydney");
        (IReadOnlyList<TimeInterval> weekends, _) = Read("weekdays: [saturday, sunday]\nlocation: Australia/Sydney");
        var table = new TimeIntervalTable(new Dictionary<string, IReadOnlyList<TimeInterval>> { ["evenings"] = evenings, ["weekends"] = weekends });
        int[] now = [.. item.GetProperty("now").EnumerateArray().Take(6).Select(static p => p.GetInt32())];
        var zone = TimeZoneInfo.FindSystemTimeZoneById(item.GetProperty("now")[7].GetString()!);
        var local = new DateTime(now[0], now[1], now[2], now[3], now[4], now[5]);
        long timestamp = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUnixTimeMilliseconds();
        string expected = item.GetProperty("mutedBy") is { ValueKind: JsonValueKind.Array } names ? string.Join(',', names.EnumerateArray().Select(static n => n.GetString())) : "";
        string actual = string.Join(',', table.Containing(["evenings", "weekends"], timestamp));
        return expected == actual ? "" : $"muted by {actual} instead of {expected}";
    }

    private static (IReadOnlyList<TimeInterval> Intervals, IReadOnlyList<ConfigError> Errors) Read(string text)
    {
        var diagnostics = new ConfigDiagnostics("interval.yml");
        YamlNode? root = YamlParser.Single(YamlParser.ParseBytes(Encoding.UTF8.GetBytes(text), diagnostics), diagnostics);
        IReadOnlyList<YamlNode> nodes = root is null ? [] : root.Kind == YamlKind.Sequence ? root.Items : [root];
        TimeInterval[] intervals = [.. nodes.Select(n => YamlMapping.Read(n, "timeinterval.TimeInterval", n.Position, diagnostics, TimeIntervalReader.Read, out _)).OfType<TimeInterval>()];
        return (intervals, diagnostics.SortedErrors());
    }

    private static string Contained(TimeInterval interval, JsonElement item, string valid, string invalid) =>
        string.Concat(Times(item, valid).Where(t => !interval.Contains(t)).Select(static t => $"does not contain {t} "))
        + string.Concat(Times(item, invalid).Where(interval.Contains).Select(static t => $"contains {t} "));

    private static IEnumerable<long> Times(JsonElement item, string name) => item.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
        ? list.EnumerateArray().Select(static t => new DateTimeOffset(GoTimeParser.Parse(t.GetString()!.Length == Layout.Length ? Layout : Layout[1..], t.GetString()!).Utc).ToUnixTimeMilliseconds())
        : [];

    private static TimeInterval Interval(JsonElement value) => new()
    {
        Times = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("Times", out JsonElement times)
            ? [.. times.EnumerateArray().Select(static t => new MinuteRange(Number(t, "StartMinute"), Number(t, "EndMinute")))]
            : null,
        Weekdays = Ranges(value, "Weekdays"),
        DaysOfMonth = Ranges(value, "DaysOfMonth"),
        Months = Ranges(value, "Months"),
        Years = Ranges(value, "Years"),
        Location = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("Location", out JsonElement location)
            ? TimeZoneInfo.FindSystemTimeZoneById(location[0].GetProperty("$go").GetString()!.Split('"')[1])
            : null,
    };

    private static IReadOnlyList<InclusiveRange>? Ranges(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement ranges)
        ? [.. ranges.EnumerateArray().Select(Range)]
        : null;

    // Wrapped in lists as Go's literals were.
    private static InclusiveRange Range(JsonElement value) => value.ValueKind == JsonValueKind.Object ? new InclusiveRange(Number(value, "Begin"), Number(value, "End"))
        : value.GetArrayLength() == 1 ? Range(value[0])
        : new InclusiveRange(value[0].GetInt32(), value[1].GetInt32());

    private static int Number(JsonElement value, string name) => value.TryGetProperty(name, out JsonElement number) ? number.GetInt32() : 0;

    private static string Describe(TimeInterval interval) => string.Create(
        CultureInfo.InvariantCulture,
        $"times {Join(interval.Times)} weekdays {Join(interval.Weekdays)} days {Join(interval.DaysOfMonth)} months {Join(interval.Months)} years {Join(interval.Years)} {interval.Location?.Id}");

    private static string Join<T>(IReadOnlyList<T>? items) => items is null ? "-" : string.Join(',', items);
}
