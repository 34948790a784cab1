namespace Pharos.PromQL.Functions;

/// <summary><c>changes</c> and <c>resets</c>; over an <c>anchored</c> selector the newest sample at or before the range's start counts as its first.</summary>
internal sealed class MixedTransitionKernel(bool isResets, bool isAnchored) : MixedKernel
{
    public override void Compute(in HistogramWindow window, ReadOnlySpan<double> values, int step, RowSpan output, ref HistogramNotices notices)
    {
        int first = 0;
        if (isAnchored)
        {
            int before = Interpolation.CountUpTo(window.Timestamps, window.Length, window.RangeStart);
            if (before == window.Length)
            {
                return;
            }

            first = Math.Max(0, before - 1);
        }

        HistogramWindow counted = window.From(first);
        values = values[first..];
        output.Set(step, isResets ? NativeHistogramsOverTime.Resets(counted, values) : NativeHistogramsOverTime.Changes(counted, values));
    }
}
