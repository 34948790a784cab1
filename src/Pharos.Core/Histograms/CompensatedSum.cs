namespace Pharos.Core.Histograms;

/// <summary>A number and what its additions rounded away, in upstream's order of operations (Neumaier).</summary>
internal struct CompensatedSum
{
    public CompensatedSum(double value, double compensation = 0)
    {
        Value = value;
        Compensation = compensation;
    }

    public double Value { get; private set; }

    public double Compensation { get; private set; }

    public readonly double Total => Value + Compensation;

    /// <summary>Adds; an infinite sum has nothing left to compensate.</summary>
    public void Add(double value)
    {
        double total = Value + value;
        if (double.IsInfinity(total))
        {
            Compensation = 0;
        }
        else if (Math.Abs(Value) >= Math.Abs(value))
        {
            Compensation += Value - total + value;
        }
        else
        {
            Compensation += value - total + Value;
        }

        Value = total;
    }

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
