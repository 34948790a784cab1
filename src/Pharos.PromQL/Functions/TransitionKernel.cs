namespace Pharos.PromQL.Functions;

/// <summary>
/// <c>changes</c> and <c>resets</c>: how many neighbours in the window differ, or fall. A count of all transitions up to each sample makes
/// a window one subtraction; the counts are whole numbers, so nothing is lost by it.
/// </summary>
internal sealed class TransitionKernel : RangeKernel
{
    private readonly bool _isResets;
    private int[] _before = [];

    public TransitionKernel(bool isResets)
    {
        _isResets = isResets;
    }

    public override void Compute(in RangeInput input, RowSpan output)
    {
        Count(input.Values);
        input.Windows.AtLeastOne.CopyTo(output.Present);
        for (int s = 0; s < input.Steps; s++)
        {
            int first = input.First[s];
            int last = input.End[s] - 1;
            if (last >= first)
            {
                output.Values[s] = _before[last] - _before[first];
            }
        }
    }

    private void Count(ReadOnlySpan<double> values)
    {
        if (_before.Length < values.Length)
        {
            _before = new int[Math.Max(values.Length, _before.Length * 2)];
        }

        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (i > 0 && (_isResets ? values[i] < values[i - 1] : Differs(values[i], values[i - 1])))
            {
                count++;
            }

            _before[i] = count;
        }
    }

    private static bool Differs(double value, double before) => value != before && !(double.IsNaN(value) && double.IsNaN(before));
}
