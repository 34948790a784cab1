namespace Pharos.PromQL.Functions;

/// <summary>What is worth telling the user about a computation with native histograms; the text of each is the caller's, who knows name and position.</summary>
[Flags]
internal enum HistogramNotices
{
    None = 0,

    /// <summary>Floats and histograms in one window or group: no result.</summary>
    MixedFloatsAndHistograms = 1 << 0,

    /// <summary>Exponential and custom buckets together: no result.</summary>
    MixedSchemas = 1 << 1,

    /// <summary>A gauge where a counter is asked for.</summary>
    NotCounter = 1 << 2,

    /// <summary>A counter where a gauge is asked for.</summary>
    NotGauge = 1 << 3,

    /// <summary>A sample's start lies before the sample before it, and is not that one's start.</summary>
    StartTimeOverlap = 1 << 4,

    /// <summary>Custom bounds differed in an addition.</summary>
    BoundsReconciledInAddition = 1 << 5,

    /// <summary>Custom bounds differed in a subtraction.</summary>
    BoundsReconciledInSubtraction = 1 << 6,

    /// <summary>Custom bounds differed in an aggregation.</summary>
    BoundsReconciledInAggregation = 1 << 7,

    /// <summary>A reset met no reset in an addition.</summary>
    HintsCollidedInAddition = 1 << 8,

    /// <summary>A reset met no reset in a subtraction.</summary>
    HintsCollidedInSubtraction = 1 << 9,

    /// <summary>A reset met no reset in an aggregation.</summary>
    HintsCollidedInAggregation = 1 << 10,

    /// <summary>A quantile is NaN because it falls among observations of NaN.</summary>
    QuantileIsNaN = 1 << 11,

    /// <summary>A quantile is too high because of observations of NaN.</summary>
    QuantileIsSkewed = 1 << 12,

    /// <summary>A fraction leaves out observations of NaN.</summary>
    FractionWithoutNaN = 1 << 13,

    /// <summary>A binary operator has no result for these kinds of values.</summary>
    IncompatibleTypes = 1 << 14,

    /// <summary>Histograms were left out of a window that also has floats.</summary>
    HistogramsIgnored = 1 << 15,
}
