namespace Pharos.PromQL.Explaining;

/// <summary>What a note about a node says.</summary>
public enum ExplanationNoteKind
{
    /// <summary>No series has the metric name.</summary>
    UnknownMetric,

    /// <summary>No series of the metric has the label.</summary>
    UnknownLabel,

    /// <summary>The label has no value that the matcher allows.</summary>
    UnknownValue,

    /// <summary>Each matcher alone has series, all together have none.</summary>
    Contradiction,

    /// <summary>Series match, but none has a sample in the time that is read.</summary>
    OutsideRange,

    /// <summary>Series match and have samples, but a staleness marker or the look-back ends them before every step.</summary>
    Ended,

    /// <summary>A window holds fewer samples than the function needs.</summary>
    TooFewSamples,

    /// <summary>A comparison holds for no value.</summary>
    Filtered,

    /// <summary>Series of one side have no partner on the other.</summary>
    LostSeries,

    /// <summary>Series have partners, but never a value at the same step.</summary>
    NeverTogether,

    /// <summary><c>unless</c> takes everything away.</summary>
    Excluded,

    /// <summary>A function of histograms finds neither buckets nor native histograms.</summary>
    NoBuckets,

    /// <summary><c>absent</c> is empty because something is there.</summary>
    Present,

    /// <summary>A parameter asks for nothing: <c>topk</c> of less than one, <c>clamp</c> with a minimum above the maximum.</summary>
    NothingAsked,

    /// <summary><c>scalar</c> had no series, or several.</summary>
    NotOne,

    /// <summary>The node takes numbers, and all its values are native histograms.</summary>
    HistogramsIgnored,

    /// <summary>Several aggregations were computed together in one pass over their series.</summary>
    OnePass,

    /// <summary>All values were lost here for a reason that has no kind of its own.</summary>
    Emptied,
}
