namespace Pharos.PromQL.Functions;

/// <summary><c>changes</c> and <c>resets</c> over an <c>anchored</c> selector: the newest sample at or before the range's start counts as its first.</summary>
internal sealed class AnchoredTransitionKernel : RangeKernel
{
    private readonly bool _isResets;

    public AnchoredTransitionKernel(bool isResets)
    {
        _isResets = isResets;
    }

    public override void Compute(in RangeInput input, RowSpan output)
    {
        output.Clear();
        for (int s = 0; s < input.Steps; s++)
        {
            int first = input.First[s];
            int end = input.End[s];
            input.Spend(end - first);
            int before = Interpolation.CountUpTo(input.Timestamps[first..end], end - first, input.Times.At(s) - input.Range);
            if (before < end - first)
            {
                output.Set(s, Count(input.Values[(first + Math.Max(0, before - 1))..end]));
            }
        }
    }

    private int Count(ReadOnlySpan<double> values)
    {
        int count = 0;
        for (int i = 1; i < values.Length; i++)
        {
            bool differs = values[i] != values[i - 1] && !(double.IsNaN(values[i]) && double.IsNaN(values[i - 1]));
            count += (_isResets ? values[i] < values[i - 1] : differs) ? 1 : 0;
        }

        return count;
    }
}
