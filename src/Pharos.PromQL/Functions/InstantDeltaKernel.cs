namespace Pharos.PromQL.Functions;

/// <summary><c>irate</c> and <c>idelta</c>: the last two samples of the window.</summary>
internal sealed class InstantDeltaKernel : RangeKernel
{
    private readonly bool _isRate;

    public InstantDeltaKernel(bool isRate)
    {
        _isRate = isRate;
    }

    public override void Compute(in RangeInput input, RowSpan output)
    {
        input.Windows.AtLeastTwo.CopyTo(output.Present);
        for (int s = 0; s < input.Steps; s++)
        {
            int last = input.End[s] - 1;
            if (last <= input.First[s])
            {
                continue;
            }

            double value = input.Values[last];
            double before = input.Values[last - 1];
            double result = _isRate && value < before ? value : value - before;
            output.Values[s] = _isRate ? result / ((input.Timestamps[last] - input.Timestamps[last - 1]) / 1000.0) : result;
        }
    }
}
