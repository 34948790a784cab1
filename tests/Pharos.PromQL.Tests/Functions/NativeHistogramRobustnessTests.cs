using FsCheck;
using FsCheck.Fluent;
using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;
using Pharos.Testing;

namespace Pharos.PromQL.Tests.Functions;

/// <summary>Whatever stands in histograms, the functions end and do not throw, and what they make can be computed with again.</summary>
public sealed class NativeHistogramRobustnessTests
{
    private static readonly double[] Odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 0, -0.0, double.MaxValue, double.Epsilon, 1e300, 1.5];

    [Fact]
    public void Windows_of_odd_histograms() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), static seed =>
    {
        var random = new Random(seed);
        var histograms = new RandomHistograms(seed);
        FloatHistogram?[] samples = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(40) == 0 ? null : MakeOdd(histograms.Any(), random))];
        if (Array.TrueForAll(samples, static s => s is null))
        {
            return;
        }

        var series = new HistogramSeries(samples) { StartTimestamps = [.. samples.Select(_ => random.Next(3) == 0 ? random.Next(80_000) : 0L)] };
        foreach (bool isCounter in (bool[])[true, false])
        {
            Check(new NativeHistogramRate(isCounter, isRate: isCounter).Compute(series.Window(5, 75), ref Notices()));
            Check(new NativeHistogramExtendedRate(isCounter, isRate: isCounter, isSmoothed: random.Next(2) == 0).Compute(series.Window(15, 35), ref Notices()));
        }

        var overTime = new NativeHistogramsOverTime();
        Check(overTime.Sum(series.Window(5, 75), ref Notices()));
        Check(overTime.Mean(series.Window(5, 75), ref Notices()));
        Check(NativeHistogramInterpolation.At(series.Window(5, 75), random.Next(80_000), ref Notices()));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static ref HistogramNotices Notices() => ref (new HistogramNotices[1])[0];

    private static FloatHistogram MakeOdd(FloatHistogram h, Random random) => new()
    {
        CounterResetHint = h.CounterResetHint,
        Schema = h.UsesCustomBuckets ? h.Schema : random.Next(20) switch
        {
            0 => 40,
            1 => -40,
            2 => int.MaxValue,
            3 => -int.MaxValue,
            _ => h.Schema,
        },
        ZeroThreshold = random.Next(5) == 0 && !h.UsesCustomBuckets ? Odd[random.Next(Odd.Length)] : h.ZeroThreshold,
        ZeroCount = random.Next(5) == 0 ? Odd[random.Next(Odd.Length)] : h.ZeroCount,
        Count = random.Next(5) == 0 ? Odd[random.Next(Odd.Length)] : h.Count,
        Sum = random.Next(5) == 0 ? Odd[random.Next(Odd.Length)] : h.Sum,
        PositiveSpans = h.PositiveSpans,
        PositiveBuckets = [.. h.PositiveBuckets.Select(c => random.Next(15) == 0 ? Odd[random.Next(Odd.Length)] : c)],
        NegativeSpans = h.NegativeSpans,
        NegativeBuckets = [.. h.NegativeBuckets.Select(c => random.Next(15) == 0 ? Odd[random.Next(Odd.Length)] : c)],
        CustomValues = h.CustomValues,
    };

    private static void Check(FloatHistogram? histogram)
    {
        if (histogram is null)
        {
            return;
        }

        foreach (double at in Odd)
        {
            NativeHistogramQuantile.Compute(at, histogram, ref Notices());
            NativeHistogramQuantile.Compute(0.3, histogram, ref Notices());
            NativeHistogramFraction.Compute(at, 2, histogram, ref Notices());
            NativeHistogramArithmetic.Multiply(histogram, at);
            NativeHistogramArithmetic.Divide(histogram, at);
            Assert.NotEmpty(histogram.TrimUpper(at).ToText());
            Assert.NotEmpty(histogram.TrimLower(at).ToText());
        }

        NativeHistogramMoments.Variance(histogram);
        NativeHistogramArithmetic.Subtract(histogram, histogram, ref Notices());
        Assert.Equal(!double.IsNaN(histogram.ZeroThreshold), histogram.ContentEquals(histogram.WithHint(CounterResetHint.Reset)));
    }
}
