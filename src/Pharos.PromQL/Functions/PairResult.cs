namespace Pharos.PromQL.Functions;

/// <summary>What a binary operator gives for two values.</summary>
/// <param name="Value">The result, of a comparison the left value.</param>
/// <param name="Holds">False where a comparison fails or there is no result.</param>
/// <param name="Notices">What there is to tell.</param>
internal readonly record struct PairResult(SampleValue Value, bool Holds, HistogramNotices Notices = HistogramNotices.None)
{
    private const HistogramNotices Refusals = HistogramNotices.IncompatibleTypes | HistogramNotices.MixedSchemas
        | HistogramNotices.HintsCollidedInAddition | HistogramNotices.HintsCollidedInSubtraction;

    /// <summary>There is no result, as if the values had not met.</summary>
    public bool IsRefused => (Notices & Refusals) != 0;
}
