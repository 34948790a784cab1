using System.Collections.Immutable;

namespace Pharos.Core.Histograms;

/// <summary>The buckets of one sign, to read.</summary>
internal readonly ref struct BucketSide
{
    public BucketSide(ImmutableArray<BucketSpan> spans, ReadOnlySpan<double> counts, ReadOnlySpan<double> compensations = default)
    {
        Spans = spans;
        Counts = counts;
        Compensations = compensations;
    }

    public ImmutableArray<BucketSpan> Spans { get; }

    public ReadOnlySpan<double> Counts { get; }

    /// <summary>What was rounded away of each count; empty where nothing is known to be.</summary>
    public ReadOnlySpan<double> Compensations { get; }

    public double CompensationAt(int position) => Compensations.IsEmpty ? 0 : Compensations[position];

    /// <summary>Without the first buckets that lie within the zero bucket.</summary>
    public BucketSide Outside(double zeroThreshold, int schema)
    {
        if (zeroThreshold == 0 || Counts.IsEmpty)
        {
            return this;
        }

        int inside = 0;
        var intervals = new BucketLayout.Intervals(Spans);
        while (intervals.MoveNext())
        {
            for (int index = intervals.Start; index < intervals.End; index++)
            {
                if (BucketBounds.Exponential(index, schema) > zeroThreshold)
                {
                    return inside == 0
                        ? this
                        : new BucketSide(BucketLayout.Skip(Spans, inside), Counts[inside..], Compensations.IsEmpty ? default : Compensations[inside..]);
                }

                inside++;
            }
        }

        return new BucketSide([], default);
    }
}
