using System.Collections.Immutable;
using Pharos.Core.Histograms;

namespace Pharos.Remote.Otlp.Translation;

/// <summary>
/// Makes spans and deltas of buckets that come one after another: gaps of up to two empty buckets are filled, longer ones begin a span, as upstream lays them out. Buckets that a
/// coarser scale makes one are added up.
/// </summary>
internal static class BucketSpans
{
    private const int MaxFilled = 2;
    private const int MaxShift = 31;

    /// <summary>The buckets, none where there are no counts.</summary>
    /// <param name="counts">Of each bucket, from <paramref name="offset"/> on.</param>
    /// <param name="offset">The first bucket, in the sender's numbers.</param>
    /// <param name="shift">2 to the power of it buckets become one.</param>
    /// <param name="first">What the first bucket of the first span is called: exponential buckets are one higher than the sender's.</param>
    public static (ImmutableArray<BucketSpan> Spans, ImmutableArray<long> Deltas) Of(ReadOnlySpan<ulong> counts, int offset, int shift, int first)
    {
        if (counts.IsEmpty)
        {
            return ([], []);
        }

        shift = Math.Min(shift, MaxShift);
        var builder = new Builder(first);

        // Numbers of buckets may wrap around, as upstream's do; what comes of it is refused as a histogram.
        int open = offset >> shift;
        long count = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            int bucket = unchecked(i + offset) >> shift;
            if (bucket != open && count != 0)
            {
                builder.Add(unchecked(open - (offset >> shift)), count);
                count = 0;
            }

            open = bucket;
            count = unchecked(count + (long)counts[i]);
        }

        builder.Add(unchecked(open - (offset >> shift)), count);
        return (builder.Spans.ToImmutable(), builder.Deltas.ToImmutable());
    }

    private sealed class Builder(int first)
    {
        private int _next;
        private long _before;

        public ImmutableArray<BucketSpan>.Builder Spans { get; } = StartWith(first);

        public ImmutableArray<long>.Builder Deltas { get; } = ImmutableArray.CreateBuilder<long>();

        /// <summary>Adds a bucket that is so many behind the first one.</summary>
        public void Add(int bucket, long count)
        {
            int gap = unchecked(bucket - _next);
            if (gap > MaxFilled)
            {
                Spans.Add(new BucketSpan(gap, 0));
            }
            else
            {
                for (int i = 0; i < gap; i++)
                {
                    Append(0);
                }
            }

            Append(count);
            _next = unchecked(bucket + 1);
        }

        private static ImmutableArray<BucketSpan>.Builder StartWith(int offset)
        {
            ImmutableArray<BucketSpan>.Builder spans = ImmutableArray.CreateBuilder<BucketSpan>();
            spans.Add(new BucketSpan(offset, 0));
            return spans;
        }

        private void Append(long count)
        {
            BucketSpan last = Spans[^1];
            Spans[^1] = new BucketSpan(last.Offset, last.Length + 1);
            Deltas.Add(unchecked(count - _before));
            _before = count;
        }
    }
}
