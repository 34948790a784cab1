namespace Pharos.PromQL;

/// <summary>
/// How many samples a query looks at, counted as upstream's statistics count them: each selector as often as it is written, each window of a range selector whole, a native
/// histogram by its size. Not what was decoded: that is <see cref="QueryStatistics.SamplesRead"/>.
/// </summary>
public sealed class QueryableSamples
{
    internal QueryableSamples(IReadOnlyList<long> perStep, IReadOnlyList<long> readPerStep, long startTime, long stepMs)
    {
        PerStep = perStep;
        ReadPerStep = readPerStep;
        StartTime = startTime;
        StepMs = stepMs;
    }

    /// <summary>Samples at which a step looks; at each as often as if it were asked alone.</summary>
    public IReadOnlyList<long> PerStep { get; }

    /// <summary>The same, of windows only what the step before did not have.</summary>
    public IReadOnlyList<long> ReadPerStep { get; }

    /// <summary>The time of the first step, milliseconds since the Unix epoch.</summary>
    public long StartTime { get; }

    /// <summary>Milliseconds from step to step.</summary>
    public long StepMs { get; }

    /// <summary>Over all steps.</summary>
    public long Total => PerStep.Sum();

    /// <summary>Over all steps.</summary>
    public long Read => ReadPerStep.Sum();

    /// <summary>The time of a step, milliseconds since the Unix epoch.</summary>
    public long TimeOf(int step) => StartTime + (StepMs * step);
}
