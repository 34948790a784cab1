namespace Pharos.Alerting.TimeIntervals;

/// <summary>Whole numbers from the first to the last.</summary>
public readonly record struct InclusiveRange(int Begin, int End)
{
    /// <summary>Whether a number is among them.</summary>
    public bool Contains(int value) => value >= Begin && value <= End;
}
