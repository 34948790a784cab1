using System.Globalization;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;
using Pharos.Templating.Execution;
using Pharos.Templating.Formatting;
using Pharos.Templating.Times;

namespace Pharos.Templating.Prometheus;

/// <summary>Numbers for people, to four digits.</summary>
internal static class Humanizing
{
    private const int Digits = 4;
    private const double NanosecondsPerSecond = 1e9;
    private const double NanosecondsPerMillisecond = 1e6;

    private static readonly string[] Large = ["k", "M", "G", "T", "P", "E", "Z", "Y"];
    private static readonly string[] LargeBinary = ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];
    private static readonly string[] Small = ["m", "u", "n", "p", "f", "a", "z", "y"];

    /// <summary>A number, a text that is one, or the seconds of a duration.</summary>
    /// <exception cref="TemplateFunctionException">It is none.</exception>
    public static double ToFloat(object? value) => value switch
    {
        double real => real,
        long whole => whole,
        ulong whole => whole,
        GoDuration duration => duration.Seconds,
        string text => FloatReader.TryParseGo(Encoding.UTF8.GetBytes(text), out double parsed)
            ? parsed
            : throw new TemplateFunctionException($"strconv.ParseFloat: parsing {GoQuote.Quote(text)}: invalid syntax"),
        _ => throw new TemplateFunctionException($"can't convert {TemplateValues.TypeName(value)} to float"),
    };

    public static string Humanize(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return Short(value);
        }

        string prefix = Math.Abs(value) >= 1 ? Divide(ref value, 1000, Large) : Multiply(ref value);
        return Short(value) + prefix;
    }

    public static string Humanize1024(double value)
    {
        if (Math.Abs(value) <= 1 || !double.IsFinite(value))
        {
            return Short(value);
        }

        string prefix = Divide(ref value, 1024, LargeBinary);
        return Short(value) + prefix;
    }

    /// <summary>Of seconds: <c>1d 2h 3m 4s</c>, or <c>120ms</c>.</summary>
    public static string Duration(double value)
    {
        if (!double.IsFinite(value))
        {
            return Short(value);
        }

        if (value == 0)
        {
            return "0s";
        }

        if (Math.Abs(value) < 1)
        {
            string prefix = Multiply(ref value);
            return Short(value) + prefix + "s";
        }

        string sign = value < 0 ? "-" : "";
        value = Math.Abs(value);
        long whole = value >= long.MaxValue ? long.MaxValue : (long)value;
        (long seconds, long minutes, long hours, long days) = (whole % 60, whole / 60 % 60, whole / 3600 % 24, whole / 86400);
        if (days != 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{days}d {hours}h {minutes}m {seconds}s");
        }

        if (hours != 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{hours}h {minutes}m {seconds}s");
        }

        return minutes != 0 ? string.Create(CultureInfo.InvariantCulture, $"{sign}{minutes}m {seconds}s") : $"{sign}{Short(value)}s";
    }

    /// <summary>Of a ratio.</summary>
    public static string Percentage(double value) => Short(value * 100) + "%";

    /// <summary>Of seconds since the epoch.</summary>
    /// <exception cref="TemplateFunctionException">It is too far away.</exception>
    public static string Timestamp(double value) => double.IsFinite(value) ? ToTime(value).ToString() : Short(value);

    /// <summary>Of seconds since the epoch, to milliseconds.</summary>
    /// <exception cref="TemplateFunctionException">It is too far away, or no number.</exception>
    public static GoTime ToTime(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new TemplateFunctionException("value is NaN or Inf");
        }

        double milliseconds = Math.Truncate(Nanoseconds(value, "timestamp") / NanosecondsPerMillisecond);
        return new GoTime(DateTime.UnixEpoch.AddTicks((long)milliseconds * TimeSpan.TicksPerMillisecond));
    }

    /// <summary>Of seconds.</summary>
    /// <exception cref="TemplateFunctionException">It is too long, or no number.</exception>
    public static GoDuration ToDuration(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new TemplateFunctionException("value is NaN or Inf");
        }

        return new GoDuration((long)Nanoseconds(value, "duration"));
    }

    private static double Nanoseconds(double seconds, string what)
    {
        const double TwoTo63 = 9223372036854775808.0;
        double nanoseconds = seconds * NanosecondsPerSecond;
        string unit = what == "timestamp" ? "a nanoseconds timestamp" : "a nanoseconds duration";
        return nanoseconds is >= -TwoTo63 and < TwoTo63
            ? nanoseconds
            : throw new TemplateFunctionException($"{FloatWriter.ToGeneralString(seconds)} cannot be represented as {unit} since it overflows int64");
    }

    private static string Short(double value) => FloatFormat.Format(value, 'g', Digits);

    private static string Divide(ref double value, double by, string[] prefixes)
    {
        string prefix = "";
        for (int i = 0; i < prefixes.Length && Math.Abs(value) >= by; i++)
        {
            prefix = prefixes[i];
            value /= by;
        }

        return prefix;
    }

    private static string Multiply(ref double value)
    {
        string prefix = "";
        for (int i = 0; i < Small.Length && Math.Abs(value) < 1; i++)
        {
            prefix = Small[i];
            value *= 1000;
        }

        return prefix;
    }
}
