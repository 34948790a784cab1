using System.Numerics;
using System.Runtime.Intrinsics;

namespace Pharos.PromQL.Functions;

/// <summary>
/// <c>rate</c>, <c>increase</c> and <c>delta</c>: the difference over the window, extrapolated to its edges, in upstream's order of
/// operations so that every bit agrees. What depends on timestamps alone is kept while the window bounds stay the same.
/// Benchmark: RangeKernelBenchmarks.
/// </summary>
internal sealed class RateKernel : RangeKernel
{
    // The test for a counter's zero point is made without a division; it may only err towards the exact path, hence this slack.
    private const double ZeroPointSlack = 1 + 1e-12;

    private readonly bool _isCounter;
    private readonly bool _isRate;
    private int _version = -1;
    private double[] _interval = [];
    private double[] _toStart = [];
    private double[] _toEnd = [];
    private double[] _factor = [];
    private int[] _resets = [];

    public RateKernel(bool isCounter, bool isRate)
    {
        _isCounter = isCounter;
        _isRate = isRate;
    }

    public override void Compute(in RangeInput input, RowSpan output)
    {
        if (_version != input.Windows.Version)
        {
            Prepare(input);
            _version = input.Windows.Version;
        }

        input.Windows.AtLeastTwo.CopyTo(output.Present);
        int resets = _isCounter ? FindResets(input.Values) : 0;
        if (resets > 0)
        {
            ComputeWithResets(input, output, _resets.AsSpan(0, resets));
        }
        else
        {
            ComputeBlocks(input, output);
        }
    }

    private void ComputeBlocks(in RangeInput input, RowSpan output)
    {
        ReadOnlySpan<int> strides = input.Windows.Strides;
        for (int b = 0; b < strides.Length; b++)
        {
            int s = b * 8;
            if (!Vector256.IsHardwareAccelerated || !RowSpan.IsBlockFull(input.Windows.AtLeastTwo, b))
            {
                ComputeEach(input, s, s + 8, output);
            }
            else if (strides[b] == 1)
            {
                // The windows advance by one sample a step: their first and last values are two plain vectors.
                ComputeEight(input, s, Vector512.Create(input.Values.Slice(input.First[s], 8)), Vector512.Create(input.Values.Slice(input.End[s] - 1, 8)), output);
            }
            else
            {
                ComputeEight(input, s, Gather(input.Values, input.First.Slice(s, 8), 0), Gather(input.Values, input.End.Slice(s, 8), -1), output);
            }
        }

        ComputeEach(input, strides.Length * 8, input.Steps, output);
    }

    // Eight windows, each of two samples or more, by their first and last values.
    private void ComputeEight(in RangeInput input, int s, Vector512<double> first, Vector512<double> last, RowSpan output)
    {
        Vector512<double> result = last - first;
        Vector512.Multiply(result, Vector512.Create(_factor.AsSpan(s))).CopyTo(output.Values[s..]);
        if (!_isCounter)
        {
            return;
        }

        Vector512<double> candidates = Vector512.GreaterThan(result, Vector512<double>.Zero)
            & Vector512.GreaterThanOrEqual(first, Vector512<double>.Zero)
            & Vector512.LessThanOrEqual(
                first * Vector512.Create(_interval.AsSpan(s)),
                Vector512.Create(_toStart.AsSpan(s)) * result * ZeroPointSlack);
        for (ulong lanes = candidates.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
        {
            int lane = BitOperations.TrailingZeroCount(lanes);
            output.Values[s + lane] = Scale(result.GetElement(lane), first.GetElement(lane), s + lane, input.Range);
        }
    }

    // Eight plain loads; the gather instructions are slower on the machines measured.
    private static Vector512<double> Gather(ReadOnlySpan<double> values, ReadOnlySpan<int> places, int offset) => Vector512.Create(
        values[places[0] + offset],
        values[places[1] + offset],
        values[places[2] + offset],
        values[places[3] + offset],
        values[places[4] + offset],
        values[places[5] + offset],
        values[places[6] + offset],
        values[places[7] + offset]);

    private void ComputeEach(in RangeInput input, int from, int to, RowSpan output)
    {
        ReadOnlySpan<int> firsts = input.First;
        ReadOnlySpan<int> ends = input.End;
        for (int s = from; s < to; s++)
        {
            int first = firsts[s];
            int last = ends[s] - 1;
            if (last > first)
            {
                output.Values[s] = Scale(input.Values[last] - input.Values[first], input.Values[first], s, input.Range);
            }
        }
    }

    private void ComputeWithResets(in RangeInput input, RowSpan output, ReadOnlySpan<int> resets)
    {
        int begin = 0;
        for (int s = 0; s < input.Steps; s++)
        {
            int first = input.First[s];
            int last = input.End[s] - 1;
            if (last <= first)
            {
                continue;
            }

            while (begin < resets.Length && resets[begin] <= first)
            {
                begin++;
            }

            double result = input.Values[last] - input.Values[first];
            input.Spend(resets.Length - begin);
            for (int r = begin; r < resets.Length && resets[r] <= last; r++)
            {
                result += input.Values[resets[r] - 1];
            }

            output.Values[s] = Scale(result, input.Values[first], s, input.Range);
        }
    }

    private double Scale(double result, double first, int step, long range)
    {
        double factor = _factor[step];
        if (_isCounter && result > 0 && first >= 0 && first * _interval[step] <= _toStart[step] * result * ZeroPointSlack)
        {
            // The counter would have been negative at the start of the window: extrapolate to its zero point only.
            double toZero = _interval[step] * (first / result);
            if (toZero < _toStart[step])
            {
                factor = Factor(_interval[step], toZero, _toEnd[step], range);
            }
        }

        return result * factor;
    }

    private void Prepare(in RangeInput input)
    {
        int steps = input.Steps;
        if (_interval.Length != RowSpan.Padded(steps))
        {
            _interval = new double[RowSpan.Padded(steps)];
            _toStart = new double[RowSpan.Padded(steps)];
            _toEnd = new double[RowSpan.Padded(steps)];
            _factor = new double[RowSpan.Padded(steps)];
        }

        for (int s = 0; s < steps; s++)
        {
            int samples = input.End[s] - input.First[s];
            if (samples < 2)
            {
                continue;
            }

            long firstTime = input.Timestamps[input.First[s]];
            long lastTime = input.Timestamps[input.End[s] - 1];
            long right = input.Times.At(s);
            double toStart = (firstTime - (right - input.Range)) / 1000.0;
            double toEnd = (right - lastTime) / 1000.0;
            double interval = (lastTime - firstTime) / 1000.0;
            double average = interval / (samples - 1);
            double threshold = average * 1.1;
            if (toStart >= threshold)
            {
                toStart = average / 2;
            }

            if (toEnd >= threshold)
            {
                toEnd = average / 2;
            }

            _interval[s] = interval;
            _toStart[s] = toStart;
            _toEnd[s] = toEnd;
            _factor[s] = Factor(interval, toStart, toEnd, input.Range);
        }
    }

    private double Factor(double interval, double toStart, double toEnd, long range)
    {
        double factor = (interval + toStart + toEnd) / interval;
        return _isRate ? factor / (range / 1000.0) : factor;
    }

    private int FindResets(ReadOnlySpan<double> values)
    {
        int from = Resets.IndexOfFirst(values);
        if (from < 0)
        {
            return 0;
        }

        int count = 0;
        for (int i = from; i < values.Length; i++)
        {
            if (values[i] < values[i - 1])
            {
                if (count == _resets.Length)
                {
                    Array.Resize(ref _resets, Math.Max(16, count * 2));
                }

                _resets[count++] = i;
            }
        }

        return count;
    }
}
