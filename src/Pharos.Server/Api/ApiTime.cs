using System.Globalization;
using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;
using Pharos.Core.Time;

namespace Pharos.Server.Api;

/// <summary>Times and durations as Prometheus' API takes them. Errors are <see cref="FormatException"/> with upstream's message.</summary>
internal static class ApiTime
{
    /// <summary>Upstream's earliest time, in milliseconds: what an absent <c>start</c> means where all time is meant.</summary>
    public const long MinTime = ((long.MinValue / 1000) + 62135596801) * 1000;

    /// <summary>Upstream's latest time, in milliseconds: what an absent <c>end</c> means where all time is meant.</summary>
    public const long MaxTime = (((long.MaxValue / 1000) - 62135596801) * 1000) + 999;

    private const string MinTimeText = "-292273086-05-16T16:47:06Z";
    private const string MaxTimeText = "292277025-08-18T07:12:54.999999999Z";
    private const double MaxSeconds = 9e15;

    /// <summary>Milliseconds since the Unix epoch, of a number of seconds or an RFC 3339 text.</summary>
    public static long Parse(string text)
    {
        if (FloatReader.TryParseGo(Encoding.UTF8.GetBytes(text), out double seconds) && Math.Abs(seconds) <= MaxSeconds)
        {
            double whole = Math.Truncate(seconds);
            return ((long)whole * 1000) + (long)Math.Round((seconds - whole) * 1000, MidpointRounding.AwayFromZero);
        }

        if (TryParseRfc3339(text, out long time))
        {
            return time;
        }

        return text switch
        {
            MinTimeText => MinTime,
            MaxTimeText => MaxTime,
            _ => throw new FormatException($"cannot parse {GoQuote.Quote(text)} to a valid timestamp"),
        };
    }

    /// <summary>Nanoseconds, of a number of seconds or a duration text.</summary>
    public static long ParseDuration(string text)
    {
        if (FloatReader.TryParseGo(Encoding.UTF8.GetBytes(text), out double seconds))
        {
            double nanoseconds = seconds * 1e9;
            return nanoseconds is <= long.MaxValue and >= long.MinValue
                ? (long)nanoseconds
                : throw new FormatException($"cannot parse {GoQuote.Quote(text)} to a valid duration. It overflows int64");
        }

        return PrometheusDuration.TryParse(text, out TimeSpan duration, out _)
            ? duration.Ticks * TimeSpan.NanosecondsPerTick
            : throw new FormatException($"cannot parse {GoQuote.Quote(text)} to a valid duration");
    }

    // 2006-01-02T15:04:05.999999999Z07:00, with any number of digits behind the point.
    private static bool TryParseRfc3339(string text, out long milliseconds)
    {
        milliseconds = 0;
        const int SecondsEnd = 19;
        if (text.Length <= SecondsEnd || text[10] != 'T'
            || !DateTime.TryParseExact(text.AsSpan(0, SecondsEnd), "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return false;
        }

        int zone = SecondsEnd;
        int fraction = 0;
        if (text[zone] == '.')
        {
            zone++;
            while (zone < text.Length && char.IsAsciiDigit(text[zone]))
            {
                zone++;
            }

            if (zone == SecondsEnd + 1)
            {
                return false;
            }

            fraction = int.Parse(text[(SecondsEnd + 1)..zone].PadRight(3, '0').AsSpan(0, 3), CultureInfo.InvariantCulture);
        }

        if (!TryParseZone(text.AsSpan(zone), out TimeSpan offset))
        {
            return false;
        }

        long seconds = (local - offset - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
        milliseconds = (seconds * 1000) + fraction;
        return true;
    }

    private static bool TryParseZone(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z")
        {
            return true;
        }

        bool isParsed = text.Length == 6 && text[0] is '+' or '-' && TimeSpan.TryParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture, out offset);
        offset = isParsed && text[0] == '-' ? -offset : offset;
        return isParsed;
    }
}
