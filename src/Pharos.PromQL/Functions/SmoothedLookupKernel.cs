namespace Pharos.PromQL.Functions;

/// <summary>
/// The value of a <c>smoothed</c> vector selector: on the line between the samples before and after. The windows reach the look-back to both sides;
/// <see cref="RangeInput.Times"/> are the times asked for.
/// </summary>
internal sealed class SmoothedLookupKernel : RangeKernel
{
    public override void Compute(in RangeInput input, RowSpan output)
    {
        output.Clear();
        for (int s = 0; s < input.Steps; s++)
        {
            int first = input.First[s];
            int end = input.End[s];
            long time = input.Times.At(s);
            int at = first + Interpolation.CountUpTo(input.Timestamps[first..end], end - first, time - 1);
            if (at < end && input.Timestamps[at] == time)
            {
                output.Set(s, input.Values[at]);
            }
            else if (at > first && at < end)
            {
                output.Set(s, Interpolation.Between(
                    input.Timestamps[at - 1], input.Values[at - 1], input.Timestamps[at], input.Values[at], time, isCounter: false));
            }
            else if (at > first)
            {
                output.Set(s, input.Values[at - 1]);
            }
        }
    }
}
