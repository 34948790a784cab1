namespace Pharos.PromQL.Functions;

/// <summary>The kernels by PromQL name.</summary>
internal static class RangeKernels
{
    /// <summary>A new kernel for one worker, or null when no range function has this name.</summary>
    public static RangeKernel? Create(string name, bool isAnchored = false, bool isSmoothed = false) =>
        isAnchored || isSmoothed ? CreateExtended(name, isSmoothed) : CreatePlain(name);

    private static RangeKernel? CreatePlain(string name) => name switch
    {
        "rate" => new RateKernel(isCounter: true, isRate: true),
        "increase" => new RateKernel(isCounter: true, isRate: false),
        "delta" => new RateKernel(isCounter: false, isRate: false),
        "irate" => new InstantDeltaKernel(isRate: true),
        "idelta" => new InstantDeltaKernel(isRate: false),
        "sum_over_time" => new SumKernel(isAverage: false),
        "avg_over_time" => new SumKernel(isAverage: true),
        "max_over_time" => new ExtremumKernel(isMax: true),
        "min_over_time" => new ExtremumKernel(isMax: false),
        "ts_of_max_over_time" => new ExtremumTimeKernel(isMax: true),
        "ts_of_min_over_time" => new ExtremumTimeKernel(isMax: false),
        "first_over_time" => new PickKernel(Pick.First),
        "last_over_time" => new PickKernel(Pick.Last),
        "ts_of_first_over_time" => new PickKernel(Pick.FirstTime),
        "ts_of_last_over_time" => new PickKernel(Pick.LastTime),
        "count_over_time" => new PickKernel(Pick.Count),
        "present_over_time" or "absent_over_time" => new PickKernel(Pick.One),
        "changes" => new TransitionKernel(isResets: false),
        "resets" => new TransitionKernel(isResets: true),
        "stddev_over_time" => new VarianceKernel(isDeviation: true),
        "stdvar_over_time" => new VarianceKernel(isDeviation: false),
        "deriv" => new RegressionKernel(isPrediction: false),
        "predict_linear" => new RegressionKernel(isPrediction: true),
        "double_exponential_smoothing" => new SmoothingKernel(),
        "quantile_over_time" => new QuantileKernel(),
        "mad_over_time" => new DeviationKernel(),
        _ => null,
    };

    private static RangeKernel? CreateExtended(string name, bool isSmoothed) => (name, isSmoothed) switch
    {
        ("rate", _) => new ExtendedRateKernel(isCounter: true, isRate: true, isSmoothed),
        ("increase", _) => new ExtendedRateKernel(isCounter: true, isRate: false, isSmoothed),
        ("delta", _) => new ExtendedRateKernel(isCounter: false, isRate: false, isSmoothed),
        ("changes", false) => new AnchoredTransitionKernel(isResets: false),
        ("resets", false) => new AnchoredTransitionKernel(isResets: true),
        _ => null,
    };
}
