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

    /// <summary>The same steps, this much earlier.</summary>
    public StepTimes Before(long offsetMs) => this with { Start = Start - offsetMs };
}
