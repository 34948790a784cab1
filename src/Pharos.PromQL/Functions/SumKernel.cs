using System.Runtime.Intrinsics;
using Pharos.Core.Samples;

namespace Pharos.PromQL.Functions;

/// <summary>
/// <c>sum_over_time</c> and <c>avg_over_time</c> with compensated sums. Eight consecutive windows are summed in the eight lanes of a vector
/// when they have equal lengths and even distances (nearly always): each lane keeps the order of the samples, so the bits are those of the
/// plain loop. Prefix sums are not used: they differ in the last bits and lose everything after one large value.
/// Benchmark: RangeKernelBenchmarks.
/// </summary>
internal sealed class SumKernel : RangeKernel
{
    private readonly bool _isAverage;

    public SumKernel(bool isAverage)
    {
        _isAverage = isAverage;
    }

    public override void Compute(in RangeInput input, RowSpan output)
    {
        input.Windows.AtLeastOne.CopyTo(output.Present);
        ReadOnlySpan<int> strides = input.Windows.Strides;
        for (int b = 0; b < strides.Length; b++)
        {
            int s = b * 8;
            input.Spend(input.End[s] - input.First[s]);
            if (strides[b] < 0 || !Vector256.IsHardwareAccelerated || !ComputeLanes(input, s, input.End[s] - input.First[s], strides[b], output))
            {
                ComputeScalar(input, s, s + 8, output);
            }
        }

        ComputeScalar(input, strides.Length * 8, input.Steps, output);
    }

    private void ComputeScalar(in RangeInput input, int from, int to, RowSpan output)
    {
        for (int s = from; s < to; s++)
        {
            ReadOnlySpan<double> window = input.WindowValues(s);
            input.Spend(window.Length);
            if (!window.IsEmpty)
            {
                output.Values[s] = _isAverage ? Average(window) : Sum(window);
            }
        }
    }

    // False when a sum is not finite: upstream then has other rules, which only the scalar loop follows.
    private bool ComputeLanes(in RangeInput input, int s, int length, int stride, RowSpan output)
    {
        ReadOnlySpan<double> values = input.Values[input.First[s]..input.End[s + 7]];
        Vector512<double> sum = Load(values, 0, stride);
        Vector512<double> compensation = Vector512<double>.Zero;
        for (int k = 1; k < length; k++)
        {
            Vector512<double> value = Load(values, k, stride);
            Vector512<double> total = sum + value;
            Vector512<double> larger = Vector512.GreaterThanOrEqual(Vector512.Abs(sum), Vector512.Abs(value));
            compensation += Vector512.ConditionalSelect(larger, sum - total + value, value - total + sum);
            sum = total;
        }

        if (!Vector512.LessThanAll(Vector512.Abs(sum), Vector512.Create(double.PositiveInfinity)))
        {
            return false;
        }

        if (_isAverage)
        {
            Vector512<double> count = Vector512.Create((double)length);
            sum /= count;
            compensation /= count;
        }

        (sum + compensation).CopyTo(output.Values[s..]);
        return true;
    }

    private static Vector512<double> Load(ReadOnlySpan<double> values, int at, int stride)
    {
        if (stride == 1)
        {
            return Vector512.Create(values[at..]);
        }

        // Eight scalar loads; the gather instructions are slower than these on the machines measured.
        return Vector512.Create(
            values[at],
            values[at + stride],
            values[at + (2 * stride)],
            values[at + (3 * stride)],
            values[at + (4 * stride)],
            values[at + (5 * stride)],
            values[at + (6 * stride)],
            values[at + (7 * stride)]);
    }

    private static double Sum(ReadOnlySpan<double> window)
    {
        double sum = 0;
        double compensation = 0;
        foreach (double value in window)
        {
            KahanSum.Add(value, ref sum, ref compensation);
        }

        return double.IsInfinity(sum) ? sum : sum + compensation;
    }

    private static double Average(ReadOnlySpan<double> window)
    {
        var mean = new MeanAccumulator(window[0]);
        for (int i = 1; i < window.Length; i++)
        {
            mean.Add(window[i]);
        }

        return mean.Result;
    }
}
