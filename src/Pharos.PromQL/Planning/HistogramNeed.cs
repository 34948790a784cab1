namespace Pharos.PromQL.Planning;

/// <summary>What expressions around a selector look at in its native histograms.</summary>
internal enum HistogramNeed
{
    /// <summary>Nothing around says anything: all of it is the result.</summary>
    Whole,

    /// <summary>Count, sum and counter resets.</summary>
    Statistics,

    /// <summary>Buckets, or resets that need them: whatever else is around.</summary>
    Buckets,
}
