namespace Pharos.PromQL.Functions;

/// <summary>
/// A range function over one window that holds histograms, or samples with start timestamps: as plainly as can be, for series of numbers alone have kernels
/// of their own. An instance belongs to one worker and keeps its scratch.
/// </summary>
internal abstract class MixedKernel
{
    /// <summary>The kernel of a function that makes something of histograms; null for those that ignore them or only pick samples.</summary>
    public static MixedKernel? Create(string name, bool isAnchored, bool isSmoothed) => (name, isAnchored || isSmoothed) switch
    {
        ("rate", false) => new MixedRateKernel(isCounter: true, isRate: true),
        ("increase", false) => new MixedRateKernel(isCounter: true, isRate: false),
        ("delta", false) => new MixedRateKernel(isCounter: false, isRate: false),
        ("rate", true) => new MixedExtendedRateKernel(isCounter: true, isRate: true, isSmoothed),
        ("increase", true) => new MixedExtendedRateKernel(isCounter: true, isRate: false, isSmoothed),
        ("delta", true) => new MixedExtendedRateKernel(isCounter: false, isRate: false, isSmoothed),
        ("irate", _) => new MixedInstantDeltaKernel(isRate: true),
        ("idelta", _) => new MixedInstantDeltaKernel(isRate: false),
        ("sum_over_time", _) => new MixedSumKernel(isAverage: false),
        ("avg_over_time", _) => new MixedSumKernel(isAverage: true),
        ("changes", _) => new MixedTransitionKernel(isResets: false, isAnchored),
        ("resets", _) => new MixedTransitionKernel(isResets: true, isAnchored),
        _ => null,
    };

    /// <summary>Sets the value of one step, or leaves the step without one.</summary>
    /// <param name="window">At least one sample.</param>
    /// <param name="values">The values of those samples that are numbers.</param>
    /// <param name="step">The step to set.</param>
    /// <param name="output">The row.</param>
    /// <param name="notices">Gains what there is to tell.</param>
    public abstract void Compute(in HistogramWindow window, ReadOnlySpan<double> values, int step, RowSpan output, ref HistogramNotices notices);
}
