using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary>
/// What a range function sees of one series: its samples without staleness markers, and for each step the window of them.
/// Window s holds the samples <c>First[s] .. End[s]-1</c>; it is empty when both are equal.
/// </summary>
internal readonly ref struct RangeInput
{
    public required ReadOnlySpan<long> Timestamps { get; init; }

    public required ReadOnlySpan<double> Values { get; init; }

    /// <summary>The samples that are histograms, null where one is a number; empty in a series of numbers alone.</summary>
    public ReadOnlySpan<FloatHistogram?> Histograms { get; init; }

    public required WindowBounds Windows { get; init; }

    /// <summary>The right ends of the windows, inclusive.</summary>
    public required StepTimes Times { get; init; }

    /// <summary>The times at which the function is evaluated; differs from <see cref="Times"/> by offset and <c>@</c>.</summary>
    public required StepTimes EvaluationTimes { get; init; }

    /// <summary>The range in milliseconds: windows are open on the left, <c>(t - Range, t]</c>.</summary>
    public required long Range { get; init; }

    /// <summary>One value a step for each scalar argument of the function, argument after argument.</summary>
    public ReadOnlySpan<double> Arguments { get; init; }

    /// <summary>Counts the work of kernels whose work grows with the windows; null where nobody waits for it.</summary>
    public Pace? Pace { get; init; }

    public ReadOnlySpan<int> First => Windows.First;

    public ReadOnlySpan<int> End => Windows.End;

    public int Steps => Times.Count;

    public double Argument(int index, int step) => Arguments[(index * Steps) + step];

    /// <summary>So many values of windows are visited now; throws when the query shall stop.</summary>
    public void Spend(long work) => Pace?.Spend(work);

    /// <summary>The histogram that a sample is; null where it is a number.</summary>
    public FloatHistogram? HistogramAt(int sample) => Histograms.IsEmpty ? null : Histograms[sample];

    public ReadOnlySpan<double> WindowValues(int step) => Values[First[step]..End[step]];
}
