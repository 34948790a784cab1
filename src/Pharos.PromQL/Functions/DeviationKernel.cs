namespace Pharos.PromQL.Functions;

/// <summary><c>mad_over_time</c>: the median of the distances from the median; NaN when any sample is.</summary>
internal sealed class DeviationKernel : RangeKernel
{
    private double[] _scratch = [];

    public override void Compute(in RangeInput input, RowSpan output)
    {
        input.Windows.AtLeastOne.CopyTo(output.Present);
        if (_scratch.Length < input.Windows.Largest)
        {
            _scratch = new double[input.Windows.Largest];
        }

        for (int s = 0; s < input.Steps; s++)
        {
            ReadOnlySpan<double> window = input.WindowValues(s);
            input.Spend(window.Length);
            if (!window.IsEmpty)
            {
                Span<double> scratch = _scratch.AsSpan(0, window.Length);
                window.CopyTo(scratch);
                output.Values[s] = Deviation(scratch);
            }
        }
    }

    private static double Deviation(Span<double> values)
    {
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                return double.NaN;
            }
        }

        double median = Quantiles.Of(0.5, values);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Abs(values[i] - median);
        }

        return Quantiles.Of(0.5, values);
    }
}
