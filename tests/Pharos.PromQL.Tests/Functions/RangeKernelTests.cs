using Pharos.Core.Samples;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

/// <summary>Each kernel against a twin that looks at one window at a time and is written for clarity: they agree in every bit.</summary>
public class RangeKernelTests
{
    private delegate double? WindowFunction((long Time, double Value)[] window, long right, long range, double argument);

    private static readonly Dictionary<string, WindowFunction> Twins = new()
    {
        ["rate"] = static (w, right, range, _) => Extrapolate(w, right, range, isCounter: true, isRate: true),
        ["increase"] = static (w, right, range, _) => Extrapolate(w, right, range, isCounter: true, isRate: false),
        ["delta"] = static (w, right, range, _) => Extrapolate(w, right, range, isCounter: false, isRate: false),
        ["irate"] = static (w, _, _, _) => w.Length < 2 ? null
            : (w[^1].Value < w[^2].Value ? w[^1].Value : w[^1].Value - w[^2].Value) / ((w[^1].Time - w[^2].Time) / 1000.0),
        ["idelta"] = static (w, _, _, _) => w.Length < 2 ? null : w[^1].Value - w[^2].Value,
        ["sum_over_time"] = static (w, _, _, _) => w.Length == 0 ? null : Sum(w),
        ["avg_over_time"] = static (w, _, _, _) => w.Length == 0 ? null : Mean(w),
        ["max_over_time"] = static (w, _, _, _) => w.Length == 0 ? null : Best(w, static (v, b) => v > b).Value,
        ["min_over_time"] = static (w, _, _, _) => w.Length == 0 ? null : Best(w, static (v, b) => v < b).Value,
        ["ts_of_max_over_time"] = static (w, _, _, _) => w.Length == 0 ? null : Best(w, static (v, b) => v >= b).Time / 1000.0,
        ["ts_of_min_over_time"] = static (w, _, _, _) => w.Length == 0 ? null : Best(w, static (v, b) => v <= b).Time / 1000.0,
        ["first_over_time"] = static (w, _, _, _) => w.Length == 0 ? null : w[0].Value,
        ["last_over_time"] = static (w, _, _, _) => w.Length == 0 ? null : w[^1].Value,
        ["ts_of_first_over_time"] = static (w, _, _, _) => w.Length == 0 ? null : w[0].Time / 1000.0,
        ["ts_of_last_over_time"] = static (w, _, _, _) => w.Length == 0 ? null : w[^1].Time / 1000.0,
        ["count_over_time"] = static (w, _, _, _) => w.Length == 0 ? null : w.Length,
        ["present_over_time"] = static (w, _, _, _) => w.Length == 0 ? null : 1,
        ["changes"] = static (w, _, _, _) => w.Length == 0 ? null : Pairs(w).Count(static p => p.Next != p.Before && !(double.IsNaN(p.Next) && double.IsNaN(p.Before))),
        ["resets"] = static (w, _, _, _) => w.Length == 0 ? null : Pairs(w).Count(static p => p.Next < p.Before),
        ["quantile_over_time"] = static (w, _, _, q) => w.Length == 0 ? null : Quantiles.Of(q, w.Select(static p => p.Value).ToArray()),
    };

    public static TheoryData<string> Names => new(Twins.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_kernel_agrees_with_its_twin_on_ordinary_data(string name) => Compare(name, special: false);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_kernel_agrees_with_its_twin_on_NaN_infinities_and_signed_zeros(string name) => Compare(name, special: true);

    [Fact]
    public void Sums_survive_a_value_that_dwarfs_the_others()
    {
        var scene = new KernelScene([1000, 2000, 3000, 4000], [1, 1e100, 1, -1e100], new StepTimes(4000, 1000, 1), 10_000);

        Assert.Equal(2, scene.Run(RangeKernels.Create("sum_over_time")!)[0]);
    }

    [Fact]
    public void A_mean_whose_sum_overflows_is_still_a_mean()
    {
        var scene = new KernelScene([1000, 2000, 3000], [1e308, 1e308, 1e308], new StepTimes(3000, 1000, 1), 10_000);

        Assert.Equal(1e308, scene.Run(RangeKernels.Create("avg_over_time")!)[0]!.Value, 1e295);
    }

    [Fact]
    public void A_fixed_window_gives_every_step_the_same_value()
    {
        var scene = new KernelScene([1000, 2000, 3000], [1, 2, 3], new StepTimes(2000, 0, 70), 10_000);

        Assert.All(scene.Run(RangeKernels.Create("sum_over_time")!), static v => Assert.Equal(3, v));
    }

    [Fact]
    public void Deriv_and_predict_linear_find_the_line_through_the_samples()
    {
        var scene = new KernelScene([0, 10_000, 20_000], [5, 7, 9], new StepTimes(20_000, 1000, 1), 100_000, [60]);

        Assert.Equal(0.2, scene.Run(RangeKernels.Create("deriv")!)[0]!.Value, 1e-12);
        Assert.Equal(9 + 12, scene.Run(RangeKernels.Create("predict_linear")!)[0]!.Value, 1e-9);
    }

    [Fact]
    public void A_constant_series_has_no_slope_and_an_infinite_one_none_that_is_known()
    {
        var constant = new KernelScene([0, 10_000], [5, 5], new StepTimes(10_000, 1000, 1), 100_000, [60]);
        var infinite = new KernelScene([0, 10_000], [double.PositiveInfinity, double.PositiveInfinity], new StepTimes(10_000, 1000, 1), 100_000, [60]);

        Assert.Equal(5, constant.Run(RangeKernels.Create("predict_linear")!)[0]);
        Assert.Equal(double.NaN, infinite.Run(RangeKernels.Create("deriv")!)[0]);
    }

    [Fact]
    public void Deviation_smoothing_and_median_of_small_windows()
    {
        var scene = new KernelScene([1000, 2000, 3000, 4000], [1, 2, 4, 9], new StepTimes(4000, 1000, 1), 10_000, [0.5, 0.5]);

        Assert.Equal(9.5, scene.Run(RangeKernels.Create("stdvar_over_time")!)[0]!.Value, 1e-12);
        Assert.Equal(Math.Sqrt(9.5), scene.Run(RangeKernels.Create("stddev_over_time")!)[0]!.Value, 1e-12);
        Assert.Equal(1.5, scene.Run(RangeKernels.Create("mad_over_time")!)[0]);
        Assert.Equal(6.875, scene.Run(RangeKernels.Create("double_exponential_smoothing")!)[0]);
    }

    [Fact]
    public void A_name_that_is_no_range_function_has_no_kernel() => Assert.Null(RangeKernels.Create("abs"));

    private static void Compare(string name, bool special)
    {
        foreach (KernelScene scene in KernelScene.Many(60, special))
        {
            WindowFunction twin = Twins[name];
            double?[] expected = scene.Naive((window, right) => twin(window, right, scene.Range, scene.Arguments[0]));
            KernelScene.AssertSame(expected, scene.Run(RangeKernels.Create(name)!));
        }
    }

    private static double? Extrapolate((long Time, double Value)[] w, long right, long range, bool isCounter, bool isRate)
    {
        if (w.Length < 2)
        {
            return null;
        }

        double result = w[^1].Value - w[0].Value;
        if (isCounter)
        {
            foreach ((double before, double next) in Pairs(w))
            {
                result += next < before ? before : 0;
            }
        }

        double toStart = (w[0].Time - (right - range)) / 1000.0;
        double toEnd = (right - w[^1].Time) / 1000.0;
        double interval = (w[^1].Time - w[0].Time) / 1000.0;
        double average = interval / (w.Length - 1);
        double threshold = average * 1.1;
        toStart = toStart >= threshold ? average / 2 : toStart;
        if (isCounter && result > 0 && w[0].Value >= 0)
        {
            toStart = Math.Min(toStart, interval * (w[0].Value / result));
        }

        toEnd = toEnd >= threshold ? average / 2 : toEnd;
        double factor = (interval + toStart + toEnd) / interval;
        return result * (isRate ? factor / (range / 1000.0) : factor);
    }

    private static IEnumerable<(double Before, double Next)> Pairs((long Time, double Value)[] w) => w.Zip(w.Skip(1)).Select(static p => (p.First.Value, p.Second.Value));

    private static (long Time, double Value) Best((long Time, double Value)[] w, Func<double, double, bool> isBetter)
    {
        (long Time, double Value) best = w[0];
        foreach ((long Time, double Value) sample in w)
        {
            best = isBetter(sample.Value, best.Value) || double.IsNaN(best.Value) ? sample : best;
        }

        return best;
    }

    private static double Sum((long Time, double Value)[] w)
    {
        double sum = 0;
        double compensation = 0;
        foreach ((_, double value) in w)
        {
            KahanSum.Add(value, ref sum, ref compensation);
        }

        return double.IsInfinity(sum) ? sum : sum + compensation;
    }

    private static double Mean((long Time, double Value)[] w)
    {
        var mean = new MeanAccumulator(w[0].Value);
        foreach ((_, double value) in w.Skip(1))
        {
            mean.Add(value);
        }

        return mean.Result;
    }
}
