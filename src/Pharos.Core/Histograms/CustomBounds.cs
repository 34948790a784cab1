using System.Collections.Immutable;

namespace Pharos.Core.Histograms;

/// <summary>Histograms whose custom bounds differ meet at the bounds that both have.</summary>
internal static class CustomBounds
{
    public static ImmutableArray<double> Intersect(ImmutableArray<double> left, ImmutableArray<double> right)
    {
        ImmutableArray<double>.Builder common = ImmutableArray.CreateBuilder<double>(Math.Min(left.Length, right.Length));
        int l = 0;
        int r = 0;
        while (l < left.Length && r < right.Length)
        {
            if (left[l] == right[r])
            {
                common.Add(left[l]);
                l++;
                r++;
            }
            else if (left[l] < right[r])
            {
                l++;
            }
            else
            {
                r++;
            }
        }

        return common.DrainToImmutable();
    }

    /// <summary>Adds counts to the buckets of fewer bounds, a subset of the own ones; one bucket more than bounds, the last for all above.</summary>
    public static void Map(BucketSide side, ReadOnlySpan<double> bounds, Span<CompensatedSum> target, ReadOnlySpan<double> targetBounds, bool isSubtraction)
    {
        int next = 0;
        var intervals = new BucketLayout.Intervals(side.Spans);
        while (intervals.MoveNext())
        {
            for (int index = intervals.Start; index < intervals.End; index++)
            {
                double bound = BucketBounds.Upper(index, FloatHistogram.CustomBucketsSchema, bounds);
                while (next < targetBounds.Length && targetBounds[next] < bound)
                {
                    next++;
                }

                int position = intervals.Position + index - intervals.Start;
                target[next].Add(new CompensatedSum(side.Counts[position], side.CompensationAt(position)), isSubtraction);
            }
        }
    }
}
