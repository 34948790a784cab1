using Pharos.Core.Samples;

namespace Pharos.PromQL.Functions;

/// <summary><c>stddev_over_time</c> and <c>stdvar_over_time</c>: Welford's recurrence with compensated sums.</summary>
internal sealed class VarianceKernel : RangeKernel
{
    private readonly bool _isDeviation;

    public VarianceKernel(bool isDeviation)
    {
        _isDeviation = isDeviation;
    }

    public override void Compute(in RangeInput input, RowSpan output)
    {
        input.Windows.AtLeastOne.CopyTo(output.Present);
        for (int s = 0; s < input.Steps; s++)
        {
            ReadOnlySpan<double> window = input.WindowValues(s);
            input.Spend(window.Length);
            if (!window.IsEmpty)
            {
                double variance = Variance(window);
                output.Values[s] = _isDeviation ? Math.Sqrt(variance) : variance;
            }
        }
    }

    private static double Variance(ReadOnlySpan<double> window)
    {
        double count = 0;
        double mean = 0;
        double meanCompensation = 0;
        double squares = 0;
        double squaresCompensation = 0;
        foreach (double value in window)
        {
            count++;
            double delta = value - (mean + meanCompensation);
            KahanSum.Add(delta / count, ref mean, ref meanCompensation);
            KahanSum.Add(delta * (value - (mean + meanCompensation)), ref squares, ref squaresCompensation);
        }

        return (squares + squaresCompensation) / count;
    }
}
