using System.Globalization;

namespace Pharos.Templating.Times;

/// <summary>Go's <c>time.Time</c> in UTC, to 100 nanoseconds, in the years 1 to 9999.</summary>
public sealed record GoTime(DateTime Utc) : ITemplateObject
{
    private static readonly TemplateParameter Duration = TemplateParameter.Of<GoDuration>("time.Duration");
    private static readonly TemplateParameter Moment = TemplateParameter.Of<GoTime>("time.Time");

    public string TypeName => "time.Time";

    public bool TryGetMember(string name, out object? member)
    {
        member = name switch
        {
            "Format" => new TemplateFunction(name, [TemplateParameter.String], (_, a) => GoTimeLayout.Format((string)a[0]!, Utc)),
            "Add" => new TemplateFunction(name, [Duration], (_, a) => Add(((GoDuration)a[0]!).Nanoseconds)),
            "Sub" => new TemplateFunction(name, [Moment], (_, a) => new GoDuration(Subtract((GoTime)a[0]!))),
            "Before" => new TemplateFunction(name, [Moment], (_, a) => Utc < ((GoTime)a[0]!).Utc),
            "After" => new TemplateFunction(name, [Moment], (_, a) => Utc > ((GoTime)a[0]!).Utc),
            "Equal" => new TemplateFunction(name, [Moment], (_, a) => Utc == ((GoTime)a[0]!).Utc),
            _ => Plain(name) is { } value ? new TemplateFunction(name, [], (_, _) => value) : null,
        };
        return member is not null;
    }

    /// <summary>As <c>2015-06-23 13:19:44.128 +0000 UTC</c>.</summary>
    public override string ToString() => GoTimeLayout.Format("2006-01-02 15:04:05.999999999 -0700 MST", Utc);

    private object? Plain(string name) => name switch
    {
        "UTC" or "Local" => this,
        "String" => ToString(),
        "Unix" => (long)Math.Floor((Utc - DateTime.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond),
        "UnixMilli" => (Utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond,
        "UnixMicro" => (Utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        "Year" => (long)Utc.Year,
        "Month" => Utc.ToString("MMMM", CultureInfo.InvariantCulture),
        "Day" => (long)Utc.Day,
        "YearDay" => (long)Utc.DayOfYear,
        "Weekday" => Utc.DayOfWeek.ToString(),
        "Hour" => (long)Utc.Hour,
        "Minute" => (long)Utc.Minute,
        "Second" => (long)Utc.Second,
        "Nanosecond" => Utc.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick,
        "IsZero" => Utc == DateTime.MinValue,
        _ => null,
    };

    private GoTime Add(long nanoseconds)
    {
        long ticks = Utc.Ticks + (nanoseconds / TimeSpan.NanosecondsPerTick);
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
            ? new GoTime(new DateTime(ticks, DateTimeKind.Utc))
            : throw new TemplateFunctionException("time is not in the years 1 to 9999");
    }

    // As Go does, the longest duration where the real one is longer.
    private long Subtract(GoTime other)
    {
        Int128 nanoseconds = (Int128)(Utc - other.Utc).Ticks * TimeSpan.NanosecondsPerTick;
        return (long)Int128.Clamp(nanoseconds, long.MinValue, long.MaxValue);
    }
}
