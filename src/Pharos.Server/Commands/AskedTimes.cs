using System.Globalization;
using Pharos.Server.Api;
using Pharos.Server.Flags;

namespace Pharos.Server.Commands;

/// <summary>The times that a query is asked for, in milliseconds since the Unix epoch, as promtool reads them.</summary>
/// <param name="Start">The time, or the first step.</param>
/// <param name="End">The time, or the last moment.</param>
/// <param name="StepMs">0 for one time.</param>
internal readonly record struct AskedTimes(long Start, long End, long StepMs)
{
    private const long DefaultRangeMs = 5 * 60 * 1000;
    private const int DefaultSteps = 250;

    /// <summary>The flags of a range.</summary>
    public static IReadOnlyList<FlagDefinition> RangeFlags { get; } =
    [
        new FlagDefinition("start", FlagKind.Text, "", ""),
        new FlagDefinition("end", FlagKind.Text, "", ""),
        new FlagDefinition("step", FlagKind.Text, "", ""),
    ];

    /// <summary>From <c>--start</c>, <c>--end</c> and <c>--step</c>: the last five minutes, and steps as promtool chooses them, where they are missing.</summary>
    /// <exception cref="FlagException">One of them is no time or duration, or they are in the wrong order.</exception>
    public static AskedTimes Range(FlagValues flags, TimeProvider clock)
    {
        long end = Time(flags, "end") ?? clock.GetUtcNow().ToUnixTimeMilliseconds();
        long start = Time(flags, "start") ?? end - DefaultRangeMs;
        if (end < start)
        {
            throw new FlagException("--end is before --start", exitCode: 1);
        }

        // Whole seconds, at least one.
        long step = Step(flags) ?? Math.Max(1, (end - start) / 1000 / DefaultSteps) * 1000;
        return new AskedTimes(start, end, step);
    }

    /// <summary>From <c>--time</c>: now where it is missing.</summary>
    /// <exception cref="FlagException">It is no time.</exception>
    public static AskedTimes Instant(FlagValues flags, TimeProvider clock)
    {
        long time = Time(flags, "time") ?? clock.GetUtcNow().ToUnixTimeMilliseconds();
        return new AskedTimes(time, time, 0);
    }

    /// <summary>Seconds, as the API takes them.</summary>
    public static string Seconds(long milliseconds) => (milliseconds / 1000.0).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The time of a flag, milliseconds since the Unix epoch; null where it is not given.</summary>
    /// <exception cref="FlagException">It is no time.</exception>
    public static long? Time(FlagValues flags, string name)
    {
        if (!flags.IsGiven(name))
        {
            return null;
        }

        try
        {
            return ApiTime.Parse(flags.Get(name));
        }
        catch (FormatException)
        {
            throw new FlagException($"--{name} is \"{flags.Get(name)}\": expected seconds since 1970, or a time as 2026-11-20T14:05:00Z", exitCode: 1);
        }
    }

    private static long? Step(FlagValues flags)
    {
        if (!flags.IsGiven("step"))
        {
            return null;
        }

        try
        {
            long milliseconds = ApiTime.ParseDuration(flags.Get("step")) / 1_000_000;
            return milliseconds >= 1 ? milliseconds : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new FlagException($"--step is \"{flags.Get("step")}\": expected a duration such as 15s, at least 1ms", exitCode: 1);
        }
    }
}
