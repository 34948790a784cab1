using Pharos.Core.Samples;

namespace Pharos.PromQL.Functions;

/// <summary><c>deriv</c> and <c>predict_linear</c>: least squares over the window with compensated sums.</summary>
internal sealed class RegressionKernel : RangeKernel
{
    private readonly bool _isPrediction;

    public RegressionKernel(bool isPrediction)
    {
        _isPrediction = isPrediction;
    }

    public override void Compute(in RangeInput input, RowSpan output)
    {
        input.Windows.AtLeastTwo.CopyTo(output.Present);
        for (int s = 0; s < input.Steps; s++)
        {
            int first = input.First[s];
            int end = input.End[s];
            if (end - first < 2)
            {
                continue;
            }

            input.Spend(4 * (end - first));

            // Times are taken relative to something near, so that their squares keep their precision.
            long origin = _isPrediction ? input.EvaluationTimes.At(s) : input.Timestamps[first];
            (double slope, double intercept) = Fit(input.Timestamps[first..end], input.Values[first..end], origin);
            output.Values[s] = _isPrediction ? (slope * input.Argument(0, s)) + intercept : slope;
        }
    }

    private static (double Slope, double Intercept) Fit(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, long origin)
    {
        double sumX = 0, compX = 0, sumY = 0, compY = 0, sumXY = 0, compXY = 0, sumX2 = 0, compX2 = 0;
        bool isConstant = true;
        for (int i = 0; i < values.Length; i++)
        {
            double y = values[i];
            isConstant &= i == 0 || y == values[0];
            double x = (timestamps[i] - origin) / 1e3;
            KahanSum.Add(x, ref sumX, ref compX);
            KahanSum.Add(y, ref sumY, ref compY);
            KahanSum.Add(x * y, ref sumXY, ref compXY);
            KahanSum.Add(x * x, ref sumX2, ref compX2);
        }

        if (isConstant)
        {
            return double.IsInfinity(values[0]) ? (double.NaN, double.NaN) : (0, values[0]);
        }

        sumX += compX;
        sumY += compY;
        sumXY += compXY;
        sumX2 += compX2;
        double n = values.Length;
        double covariance = sumXY - (sumX * sumY / n);
        double variance = sumX2 - (sumX * sumX / n);
        double slope = covariance / variance;
        return (slope, (sumY / n) - (slope * sumX / n));
    }
}
