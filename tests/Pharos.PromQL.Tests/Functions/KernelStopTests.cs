using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Tests.Functions;

/// <summary>A kernel over windows of millions of samples can be stopped between two of its steps.</summary>
public class KernelStopTests
{
    public static TheoryData<string, bool, bool> Heavy => new()
    {
        { "sum_over_time", false, false },
        { "avg_over_time", false, false },
        { "max_over_time", false, false },
        { "ts_of_max_over_time", false, false },
        { "quantile_over_time", false, false },
        { "mad_over_time", false, false },
        { "stddev_over_time", false, false },
        { "deriv", false, false },
        { "predict_linear", false, false },
        { "double_exponential_smoothing", false, false },
        { "rate", false, false },
        { "rate", true, false },
        { "rate", false, true },
        { "changes", true, false },
    };

    [Theory]
    [MemberData(nameof(Heavy))]
    public void A_kernel_stops_long_before_it_is_done(string function, bool isAnchored, bool isSmoothed)
    {
        const int Samples = 40_000;
        const int Steps = 64;
        long[] timestamps = [.. Enumerable.Range(0, Samples).Select(static i => i * 1000L)];

        // It falls all the time, so that a counter resets at every sample.
        double[] values = [.. Enumerable.Range(0, Samples).Select(static i => (double)(Samples - i))];
        var bounds = new WindowBounds(Steps);
        var times = new StepTimes((Samples - Steps) * 1000L, 1000, Steps);
        bounds.Update(timestamps, times, Samples * 1000L);
        var pace = new StoppingPace(looks: 3);
        RangeKernel kernel = RangeKernels.Create(function, isAnchored, isSmoothed)!;
        double[] arguments = [.. Enumerable.Repeat(0.5, 2 * Steps)];
        var output = new RowSpan(new double[RowSpan.Padded(Steps)], new ulong[RowSpan.Words(Steps)], Steps);
        bool isStopped = false;
        try
        {
            kernel.Compute(
                new RangeInput
                {
                    Timestamps = timestamps,
                    Values = values,
                    Windows = bounds,
                    Times = times,
                    EvaluationTimes = times,
                    Range = Samples * 1000L,
                    Arguments = arguments,
                    Pace = pace,
                },
                output);
        }
        catch (OperationCanceledException)
        {
            isStopped = true;
        }

        Assert.True(isStopped, "the kernel never looked up");
    }

    private sealed class StoppingPace(int looks) : Pace
    {
        private int _left = looks;

        public override void Look()
        {
            if (--_left == 0)
            {
                throw new OperationCanceledException();
            }
        }
    }
}
