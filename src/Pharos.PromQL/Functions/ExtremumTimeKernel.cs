namespace Pharos.PromQL.Functions;

/// <summary><c>ts_of_max_over_time</c> and <c>ts_of_min_over_time</c>: when the extremum last stood, in seconds.</summary>
internal sealed class ExtremumTimeKernel : RangeKernel
{
    private readonly bool _isMax;

    public ExtremumTimeKernel(bool isMax)
    {
        _isMax = isMax;
    }

    public override void Compute(in RangeInput input, RowSpan output)
    {
        input.Windows.AtLeastOne.CopyTo(output.Present);
        for (int s = 0; s < input.Steps; s++)
        {
            int at = input.First[s];
            if (at == input.End[s])
            {
                continue;
            }

            input.Spend(input.End[s] - at);
            for (int i = at; i < input.End[s]; i++)
            {
                double value = input.Values[i];
                double best = input.Values[at];
                if ((_isMax ? value >= best : value <= best) || double.IsNaN(best))
                {
                    at = i;
                }
            }

            output.Values[s] = input.Timestamps[at] / 1000.0;
        }
    }
}
