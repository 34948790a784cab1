namespace Pharos.Core.Histograms;

/// <summary>What is worth telling about histograms that were combined.</summary>
[Flags]
public enum CombinationNotices : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>One had a counter reset and another had none.</summary>
    HintsCollided = 1,

    /// <summary>Custom bounds differed: only those that both have are left.</summary>
    BoundsReconciled = 2,

    /// <summary>Exponential and custom buckets do not go together: there is no result.</summary>
    MixedSchemas = 4,
}
