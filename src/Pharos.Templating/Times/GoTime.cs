using System.Globalization;

namespace Pharos.Templating.Times;

/// <summary>Go's <c>time.Time</c>, to 100 nanoseconds, in the years 1 to 9999.</summary>
/// <param name="Utc">The moment.</param>
/// <param name="Zone">Where its parts are read off; null: UTC.</param>
public sealed record GoTime(DateTime Utc, TimeZoneInfo? Zone = null) : ITemplateObject
{
    private static readonly TemplateParameter Duration = TemplateParameter.Of<GoDuration>("time.Duration");
    private static readonly TemplateParameter Moment = TemplateParameter.Of<GoTime>("time.Time");

    public string TypeName => "time.Time";

    public bool TryGetMember(string name, out object? member)
    {
        member = name switch
        {
            "Format" => new TemplateFunction(name, [TemplateParameter.String], (_, a) => Format((string)a[0]!)),
            "Add" => new TemplateFunction(name, [Duration], (_, a) => Add(((GoDuration)a[0]!).Nanoseconds)),
            "Sub" => new TemplateFunction(name, [Moment], (_, a) => new GoDuration(Subtract((GoTime)a[0]!))),
            "Before" => new TemplateFunction(name, [Moment], (_, a) => Utc < ((GoTime)a[0]!).Utc),
            "After" => new TemplateFunction(name, [Moment], (_, a) => Utc > ((GoTime)a[0]!).Utc),
            "Equal" => new TemplateFunction(name, [Moment], (_, a) => Utc == ((GoTime)a[0]!).Utc),
            _ => Plain(name) is { } value ? new TemplateFunction(name, [], (_, _) => value) : null,
        };
        return member is not null;
    }

    /// <summary>By one of Go's layouts, as <c>2006-01-02 15:04</c>.</summary>
    public string Format(string layout) => GoTimeLayout.Format(layout, Local, Offset, () => Abbreviation);

    /// <summary>As <c>2015-06-23 13:19:44.128 +0000 UTC</c>.</summary>
    public override string ToString() => Format("2006-01-02 15:04:05.999999999 -0700 MST");

    private TimeSpan Offset => Zone?.GetUtcOffset(Utc) ?? TimeSpan.Zero;

    // At the ends of the calendar there is no other side.
    private DateTime Local => Utc.Ticks + Offset.Ticks is var ticks && ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks) : Utc;

    // Without the names of cultures, as the server runs, the runtime knows the abbreviation; otherwise the offset stands for it, as in Go for zones without one.
    private string Abbreviation
    {
        get
        {
            string name = Zone is null ? "UTC" : Zone.IsDaylightSavingTime(Utc) ? Zone.DaylightName : Zone.StandardName;
            return name.All(char.IsAsciiLetterUpper) ? name : Format("-07");
        }
    }

    private object? Plain(string name) => name switch
    {
        "UTC" => this with { Zone = null },
        "Local" => this,
        "String" => ToString(),
        "Unix" => (long)Math.Floor((Utc - DateTime.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond),
        "UnixMilli" => (Utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond,
        "UnixMicro" => (Utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        "Year" => (long)Local.Year,
        "Month" => Local.ToString("MMMM", CultureInfo.InvariantCulture),
        "Day" => (long)Local.Day,
        "YearDay" => (long)Local.DayOfYear,
        "Weekday" => Local.DayOfWeek.ToString(),
        "Hour" => (long)Local.Hour,
        "Minute" => (long)Local.Minute,
        "Second" => (long)Local.Second,
        "Nanosecond" => Utc.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick,
        "IsZero" => Utc == DateTime.MinValue,
        _ => null,
    };

    private GoTime Add(long nanoseconds)
    {
        long ticks = Utc.Ticks + (nanoseconds / TimeSpan.NanosecondsPerTick);
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
            ? this with { Utc = new DateTime(ticks, DateTimeKind.Utc) }
            : throw new TemplateFunctionException("time is not in the years 1 to 9999");
    }

    // As Go does, the longest duration where the real one is longer.
    private long Subtract(GoTime other)
    {
        Int128 nanoseconds = (Int128)(Utc - other.Utc).Ticks * TimeSpan.NanosecondsPerTick;
        return (long)Int128.Clamp(nanoseconds, long.MinValue, long.MaxValue);
    }
}
