namespace Pharos.PromQL.Functions;

/// <summary>
/// <c>rate</c>, <c>increase</c> and <c>delta</c> over <c>anchored</c> or <c>smoothed</c> selectors: the difference of the values at the two ends of the
/// range, without extrapolation. The windows reach beyond the range by the look-back.
/// </summary>
internal sealed class ExtendedRateKernel : RangeKernel
{
    private readonly bool _isCounter;
    private readonly bool _isRate;
    private readonly bool _isSmoothed;

    public ExtendedRateKernel(bool isCounter, bool isRate, bool isSmoothed)
    {
        _isCounter = isCounter;
        _isRate = isRate;
        _isSmoothed = isSmoothed;
    }

    public override void Compute(in RangeInput input, RowSpan output)
    {
        output.Clear();
        for (int s = 0; s < input.Steps; s++)
        {
            int first = input.First[s];
            int end = input.End[s];
            input.Spend(end - first);
            if (first < end && TryCompute(input.Timestamps[first..end], input.Values[first..end], input.Times.At(s), input.Range, out double result))
            {
                output.Set(s, result);
            }
        }
    }

    private bool TryCompute(ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values, long end, long range, out double result)
    {
        result = 0;
        long start = end - range;
        int last = timestamps.Length - 1;
        int first = Math.Max(0, Interpolation.CountUpTo(timestamps, last, start) - 1);
        if (_isSmoothed)
        {
            last = Interpolation.CountUpTo(timestamps, last, end - 1);
        }

        if (timestamps[last] <= start || (_isSmoothed && timestamps[first] > end))
        {
            return false;
        }

        double left = Interpolation.Left(timestamps, values, first, start, _isSmoothed, _isCounter);
        double right = Interpolation.Right(timestamps, values, last, end, _isSmoothed, _isCounter);
        result = right - left;
        if (_isCounter)
        {
            // The ends have taken the resets beyond them into account.
            first += timestamps[first] <= start ? 1 : 0;
            last -= timestamps[last] >= end ? 1 : 0;
            result += Correction(left, right, first <= last ? values[first..(last + 1)] : default);
        }

        if (_isRate)
        {
            result /= range / 1000.0;
        }

        return true;
    }

    private static double Correction(double left, double right, ReadOnlySpan<double> between)
    {
        double correction = 0;
        double before = left;
        foreach (double value in between)
        {
            if (value < before)
            {
                correction += before;
            }

            before = value;
        }

        return right < before ? correction + before : correction;
    }
}
