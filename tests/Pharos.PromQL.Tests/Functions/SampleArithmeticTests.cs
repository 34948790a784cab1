using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

public class SampleArithmeticTests
{
    [Fact]
    public void What_may_be_a_histogram_is_known_before_there_is_one()
    {
        SampleValue[] values = [new(2), new(0, HistogramSeries.Of(2, 1))];
        foreach (Arithmetic op in Enum.GetValues<Arithmetic>())
        {
            foreach (SampleValue left in values)
            {
                foreach (SampleValue right in values)
                {
                    PairResult result = SampleArithmetic.Apply(op, left, right);
                    if (!result.IsRefused)
                    {
                        Assert.Equal(SampleArithmetic.GivesHistograms(op, left.IsHistogram, right.IsHistogram), result.Value.IsHistogram);
                    }
                }
            }
        }
    }

    [Fact]
    public void Numbers_are_computed_as_rows_of_numbers_are()
    {
        foreach (Arithmetic op in Enum.GetValues<Arithmetic>().Where(static o => !BinaryArithmetic.IsTrim(o)))
        {
            PairResult result = SampleArithmetic.Apply(op, new SampleValue(7), new SampleValue(2));
            Assert.Equal(BinaryArithmetic.IsComparison(op) ? 7 : BinaryArithmetic.Compute(op, 7, 2), result.Value.Number);
            Assert.Equal(!BinaryArithmetic.IsComparison(op) || BinaryArithmetic.Test(op, 7, 2), result.Holds);
        }
    }

    [Fact]
    public void Results_are_compact_and_a_difference_is_a_gauge()
    {
        PairResult difference = SampleArithmetic.Apply(
            Arithmetic.Sub, new SampleValue(0, HistogramSeries.Of(2, 1)), new SampleValue(0, HistogramSeries.Of(2, 0)));

        Assert.Equal(CounterResetHint.Gauge, difference.Value.Histogram!.CounterResetHint);
        Assert.Equal([1], difference.Value.Histogram.PositiveBuckets);
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        var custom = new SampleValue(0, HistogramSeries.Custom([2, 4], 1, 1, 1));
        var exponential = new SampleValue(0, HistogramSeries.Of(2, 1));

        Assert.Equal(HistogramNotices.MixedSchemas, SampleArithmetic.Apply(Arithmetic.Add, custom, exponential).Notices);
        Assert.True(SampleArithmetic.Apply(Arithmetic.Sub, custom, exponential).IsRefused);
        Assert.Equal(HistogramNotices.IncompatibleTypes, SampleArithmetic.Apply(Arithmetic.Add, custom, new SampleValue(1)).Notices);
        PairResult reconciled = SampleArithmetic.Apply(Arithmetic.Add, custom, new SampleValue(0, HistogramSeries.Custom([2, 8], 1, 1, 1)));
        Assert.Equal((HistogramNotices.BoundsReconciledInAddition, false), (reconciled.Notices, reconciled.IsRefused));
        var reset = new SampleValue(0, HistogramSeries.Of(2, 1, CounterResetHint.Reset));
        var noReset = new SampleValue(0, HistogramSeries.Of(2, 1, CounterResetHint.NotReset));
        Assert.True(SampleArithmetic.Apply(Arithmetic.Add, reset, noReset).IsRefused);
    }
}
