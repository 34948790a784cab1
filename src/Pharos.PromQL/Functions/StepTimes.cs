namespace Pharos.PromQL.Functions;

/// <summary>The times at which something is evaluated: <c>Start + s * Step</c> for s in 0..Count-1.</summary>
/// <param name="Start">Milliseconds since the Unix epoch.</param>
/// <param name="Step">Milliseconds; 0 says that every step looks at the same time (the <c>@</c> modifier).</param>
/// <param name="Count">At least 0.</param>
internal readonly record struct StepTimes(long Start, long Step, int Count)
{
    /// <summary>The time of the last step, inclusive.</summary>
    public long End => Start + (Step * Math.Max(0, Count - 1));

    /// <summary>The time of a step.</summary>
    public long At(int step) => Start + (Step * step);

    /// <summary>The same steps, this much earlier; at the ends of time they stay within it.</summary>
    public StepTimes Before(long offsetMs)
    {
        Int128 latest = (Int128)long.MaxValue - ((Int128)Step * Math.Max(0, Count - 1));
        return this with { Start = (long)Int128.Clamp((Int128)Start - offsetMs, long.MinValue, latest) };
    }

    /// <summary>A time so much earlier, but not before the beginning of time nor after its end.</summary>
    public static long Earlier(long time, long ms) => (long)Int128.Clamp((Int128)time - ms, long.MinValue, long.MaxValue);
}
