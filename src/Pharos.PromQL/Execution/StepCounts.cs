namespace Pharos.PromQL.Execution;

/// <summary>Samples looked at and samples read, by step.</summary>
internal sealed class StepCounts(int steps)
{
    public long[] Total { get; } = new long[steps];

    public long[] Read { get; } = new long[steps];

    /// <summary>Adds counts over the same steps.</summary>
    public void Add(StepCounts other)
    {
        for (int s = 0; s < Total.Length; s++)
        {
            Total[s] += other.Total[s];
            Read[s] += other.Read[s];
        }
    }

    /// <summary>Adds what every step looks at and only the first reads.</summary>
    public void AddOnce(StepCounts other)
    {
        for (int s = 0; s < Total.Length; s++)
        {
            Total[s] += other.Total.Sum();
        }

        if (Read.Length > 0)
        {
            Read[0] += other.Read.Sum();
        }
    }
}
