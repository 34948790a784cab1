namespace Pharos.PromQL.Execution;

/// <summary>What one partition has aggregated of its rows. Partitions are merged in their order.</summary>
internal abstract class PartialFold
{
    /// <summary>Adds what a later partition found.</summary>
    public abstract void Merge(PartialFold later);

    /// <summary>Makes it as new, so that another partition may fold into its memory; false when it cannot.</summary>
    public virtual bool TryClear() => false;
}
