using Pharos.Core.Histograms;

namespace Pharos.PromQL.Functions;

/// <summary>The binary operators on native histograms. Results are compact. Null: the operands do not go together, as the notices say.</summary>
internal static class NativeHistogramArithmetic
{
    public static FloatHistogram? Add(FloatHistogram left, FloatHistogram right, ref HistogramNotices notices)
    {
        bool isAdded = left.TryAdd(right, out FloatHistogram? sum, out CombinationNotices combination);
        notices |= Notices(
            combination,
            HistogramNotices.HintsCollidedInAddition,
            HistogramNotices.BoundsReconciledInAddition);
        return isAdded ? sum!.Compact() : null;
    }

    /// <summary>The difference, which is a gauge.</summary>
    public static FloatHistogram? Subtract(FloatHistogram left, FloatHistogram right, ref HistogramNotices notices)
    {
        bool isSubtracted = left.TrySubtract(right, out FloatHistogram? difference, out CombinationNotices combination);
        notices |= Notices(
            combination,
            HistogramNotices.HintsCollidedInSubtraction,
            HistogramNotices.BoundsReconciledInSubtraction);
        return isSubtracted ? difference!.WithHint(CounterResetHint.Gauge).Compact() : null;
    }

    public static FloatHistogram Multiply(FloatHistogram histogram, double factor) => histogram.Multiply(factor).Compact();

    public static FloatHistogram Divide(FloatHistogram histogram, double divisor) => histogram.Divide(divisor).Compact();

    /// <summary>What there is to tell about an aggregation.</summary>
    public static HistogramNotices OfAggregation(CombinationNotices combination) =>
        Notices(combination, HistogramNotices.HintsCollidedInAggregation, HistogramNotices.BoundsReconciledInAggregation);

    private static HistogramNotices Notices(CombinationNotices combination, HistogramNotices collided, HistogramNotices reconciled) =>
        ((combination & CombinationNotices.MixedSchemas) != 0 ? HistogramNotices.MixedSchemas : 0)
        | ((combination & CombinationNotices.HintsCollided) != 0 ? collided : 0)
        | ((combination & CombinationNotices.BoundsReconciled) != 0 ? reconciled : 0);
}
