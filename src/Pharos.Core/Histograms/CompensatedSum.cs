using Pharos.Core.Samples;

namespace Pharos.Core.Histograms;

/// <summary>A number and what its additions rounded away.</summary>
internal struct CompensatedSum
{
    private double _value;
    private double _compensation;

    public CompensatedSum(double value, double compensation = 0)
    {
        _value = value;
        _compensation = compensation;
    }

    public readonly double Value => _value;

    public readonly double Compensation => _compensation;

    public readonly double Total => _value + _compensation;

    public void Add(double value) => KahanSum.Add(value, ref _value, ref _compensation);

    public void Add(CompensatedSum other, bool isSubtraction)
    {
        Add(isSubtraction ? -other.Value : other.Value);
        if (other.Compensation != 0)
        {
            Add(isSubtraction ? -other.Compensation : other.Compensation);
        }
    }

    public readonly CompensatedSum Scaled(double factor, bool isDivision)
    {
        // Nothing stays nothing, even times infinity or divided by 0.
        double compensation = Compensation == 0 ? 0 : isDivision ? Compensation / factor : Compensation * factor;
        return new CompensatedSum(isDivision ? Value / factor : Value * factor, compensation);
    }

    /// <summary>The same without compensation: plain arithmetic is the compensated one with what it rounded away forgotten.</summary>
    public readonly CompensatedSum Plain() => new(Value);
}
