namespace Pharos.PromQL.Functions;

/// <summary><c>double_exponential_smoothing</c>. The factors are its two arguments, both between 0 and 1 (checked by the caller).</summary>
internal sealed class SmoothingKernel : RangeKernel
{
    public override void Compute(in RangeInput input, RowSpan output)
    {
        input.Windows.AtLeastTwo.CopyTo(output.Present);
        for (int s = 0; s < input.Steps; s++)
        {
            ReadOnlySpan<double> window = input.WindowValues(s);
            input.Spend(window.Length);
            if (window.Length >= 2)
            {
                output.Values[s] = Smooth(window, input.Argument(0, s), input.Argument(1, s));
            }
        }
    }

    private static double Smooth(ReadOnlySpan<double> window, double smoothing, double trendFactor)
    {
        double before = 0;
        double smoothed = window[0];
        double trend = window[1] - window[0];
        for (int i = 1; i < window.Length; i++)
        {
            double x = smoothing * window[i];
            if (i > 1)
            {
                trend = (trendFactor * (smoothed - before)) + ((1 - trendFactor) * trend);
            }

            double y = (1 - smoothing) * (smoothed + trend);
            before = smoothed;
            smoothed = x + y;
        }

        return smoothed;
    }
}
