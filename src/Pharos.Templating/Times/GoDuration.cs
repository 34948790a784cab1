using System.Globalization;

namespace Pharos.Templating.Times;

/// <summary>Go's <c>time.Duration</c>.</summary>
public sealed record GoDuration(long Nanoseconds) : ITemplateObject
{
    private const double NanosecondsPerSecond = 1e9;
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long NanosecondsPerMicrosecond = 1000;

    public string TypeName => "time.Duration";

    public double Seconds => Nanoseconds / NanosecondsPerSecond;

    public bool TryGetMember(string name, out object? member)
    {
        Func<object>? value = name switch
        {
            "String" => ToString,
            "Seconds" => () => Seconds,
            "Minutes" => () => Seconds / 60,
            "Hours" => () => Seconds / 3600,
            "Milliseconds" => () => Nanoseconds / NanosecondsPerMillisecond,
            "Microseconds" => () => Nanoseconds / NanosecondsPerMicrosecond,
            "Nanoseconds" => () => Nanoseconds,
            _ => null,
        };
        member = value is null ? null : new TemplateFunction(name, [], (_, _) => value());
        return value is not null;
    }

    /// <summary>As <c>1h2m3.5s</c>; below a second in the largest unit that has a whole part.</summary>
    public override string ToString()
    {
        decimal rest = Math.Abs((decimal)Nanoseconds);
        string sign = Nanoseconds < 0 ? "-" : "";
        if (rest == 0)
        {
            return "0s";
        }

        if (rest < (decimal)NanosecondsPerSecond)
        {
            (decimal unit, string name) = rest < NanosecondsPerMicrosecond ? (1m, "ns") : rest < NanosecondsPerMillisecond ? (1e3m, "\u00b5s") : (1e6m, "ms");
            return sign + (rest / unit).ToString("0.######", CultureInfo.InvariantCulture) + name;
        }

        decimal seconds = rest / (decimal)NanosecondsPerSecond;
        long minutes = (long)(seconds / 60);
        string text = (seconds - (minutes * 60)).ToString("0.#########", CultureInfo.InvariantCulture) + "s";
        if (minutes > 0)
        {
            text = string.Create(CultureInfo.InvariantCulture, $"{minutes % 60}m{text}");
        }

        return minutes >= 60 ? string.Create(CultureInfo.InvariantCulture, $"{sign}{minutes / 60}h{text}") : sign + text;
    }
}
