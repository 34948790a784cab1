namespace Pharos.PromQL.Functions;

/// <summary>What <see cref="PickKernel"/> takes from a window.</summary>
internal enum Pick
{
    First,
    Last,
    FirstTime,
    LastTime,
    Count,
    One,
}

/// <summary><c>first_over_time</c>, <c>last_over_time</c>, their timestamps in seconds, <c>count_over_time</c> and <c>present_over_time</c>.</summary>
internal sealed class PickKernel : RangeKernel
{
    private readonly Pick _pick;

    public PickKernel(Pick pick)
    {
        _pick = pick;
    }

    public override void Compute(in RangeInput input, RowSpan output)
    {
        input.Windows.AtLeastOne.CopyTo(output.Present);
        for (int s = 0; s < input.Steps; s++)
        {
            int first = input.First[s];
            int end = input.End[s];
            if (first < end)
            {
                output.Values[s] = _pick switch
                {
                    Pick.First => input.Values[first],
                    Pick.Last => input.Values[end - 1],
                    Pick.FirstTime => input.Timestamps[first] / 1000.0,
                    Pick.LastTime => input.Timestamps[end - 1] / 1000.0,
                    Pick.Count => end - first,
                    _ => 1,
                };
            }
        }
    }
}
