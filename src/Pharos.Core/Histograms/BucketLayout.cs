using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Pharos.Core.Histograms;

/// <summary>Spans without their counts: what work on buckets needs to know of where they are. All loops go by spans, with plain loops over arrays within.</summary>
internal static class BucketLayout
{
    /// <summary>Whether both have the same buckets; spans of no length do not matter.</summary>
    public static bool Equal(ImmutableArray<BucketSpan> left, ImmutableArray<BucketSpan> right)
    {
        if (left == right || MemoryMarshal.Cast<BucketSpan, long>(left.AsSpan()).SequenceEqual(MemoryMarshal.Cast<BucketSpan, long>(right.AsSpan())))
        {
            return true;
        }

        var l = new Intervals(left);
        var r = new Intervals(right);
        while (l.MoveNext())
        {
            if (!r.MoveNext() || l.Start != r.Start || l.End != r.End)
            {
                return false;
            }
        }

        return !r.MoveNext();
    }

    /// <summary>Whether each run of <paramref name="inner"/> lies within one span of <paramref name="outer"/>.</summary>
    public static bool Contains(ImmutableArray<BucketSpan> outer, ImmutableArray<BucketSpan> inner)
    {
        var o = new Intervals(outer);
        var i = new Intervals(inner);
        bool hasOuter = o.MoveNext();
        while (i.MoveNext())
        {
            while (hasOuter && o.End <= i.Start)
            {
                hasOuter = o.MoveNext();
            }

            if (!hasOuter || o.Start > i.Start || o.End < i.End)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The buckets that either has, in as few spans as possible.</summary>
    public static ImmutableArray<BucketSpan> Union(ImmutableArray<BucketSpan> left, ImmutableArray<BucketSpan> right)
    {
        var spans = new SpanListBuilder(left.Length + right.Length);
        var l = new Intervals(left);
        var r = new Intervals(right);
        bool hasLeft = l.MoveNext();
        bool hasRight = r.MoveNext();
        while (hasLeft || hasRight)
        {
            if (hasLeft && (!hasRight || l.Start <= r.Start))
            {
                spans.Add(l.Start, l.End);
                hasLeft = l.MoveNext();
            }
            else
            {
                spans.Add(r.Start, r.End);
                hasRight = r.MoveNext();
            }
        }

        return spans.ToSpans();
    }

    /// <summary>All but the first buckets.</summary>
    public static ImmutableArray<BucketSpan> Skip(ImmutableArray<BucketSpan> spans, int buckets)
    {
        var rest = new SpanListBuilder(spans.Length);
        var intervals = new Intervals(spans);
        while (intervals.MoveNext())
        {
            int skipped = Math.Min(buckets, intervals.End - intervals.Start);
            buckets -= skipped;
            if (intervals.Start + skipped < intervals.End)
            {
                rest.Add(intervals.Start + skipped, intervals.End);
            }
        }

        return rest.ToSpans();
    }

    /// <summary>The buckets that are not empty, and empty ones in runs of no more than <paramref name="maxEmpty"/> between them.</summary>
    /// <param name="spans">Where the buckets are.</param>
    /// <param name="counts">What is in them.</param>
    /// <param name="compensations">What else must be 0 in an empty bucket; may be empty itself.</param>
    /// <param name="maxEmpty">The longest run of empty buckets to keep.</param>
    public static ImmutableArray<BucketSpan> Occupied(
        ImmutableArray<BucketSpan> spans,
        ReadOnlySpan<double> counts,
        ReadOnlySpan<double> compensations,
        int maxEmpty)
    {
        var occupied = new SpanListBuilder(spans.Length, maxEmpty);
        var intervals = new Intervals(spans);
        int position = 0;
        while (intervals.MoveNext())
        {
            for (int index = intervals.Start; index < intervals.End; index++)
            {
                if (counts[position] != 0 || (compensations.Length > 0 && compensations[position] != 0))
                {
                    occupied.Add(index, index + 1);
                }

                position++;
            }
        }

        return occupied.ToSpans();
    }

    /// <summary>The buckets of the whole.</summary>
    public static int Length(ImmutableArray<BucketSpan> spans)
    {
        int length = 0;
        foreach (BucketSpan span in spans)
        {
            length += span.Length;
        }

        return length;
    }

    /// <summary>Copies the counts of the buckets that both layouts have; the others of the target are left alone.</summary>
    public static void Copy(ImmutableArray<BucketSpan> from, ReadOnlySpan<double> source, ImmutableArray<BucketSpan> to, Span<double> target)
    {
        var f = new Intervals(from);
        var t = new Intervals(to);
        bool hasFrom = f.MoveNext();
        bool hasTo = t.MoveNext();
        while (hasFrom && hasTo)
        {
            int start = Math.Max(f.Start, t.Start);
            int end = Math.Min(f.End, t.End);
            if (start < end)
            {
                source.Slice(f.Position + start - f.Start, end - start).CopyTo(target[(t.Position + start - t.Start)..]);
            }

            if (f.End <= t.End)
            {
                hasFrom = f.MoveNext();
            }
            else
            {
                hasTo = t.MoveNext();
            }
        }
    }

    /// <summary>The buckets of a coarser schema that hold these.</summary>
    public static ImmutableArray<BucketSpan> Coarser(ImmutableArray<BucketSpan> spans, int shift)
    {
        var coarser = new SpanListBuilder(spans.Length);
        var intervals = new Intervals(spans);
        while (intervals.MoveNext())
        {
            coarser.Add(BucketBounds.Coarser(intervals.Start, shift), BucketBounds.Coarser(intervals.End - 1, shift) + 1);
        }

        return coarser.ToSpans();
    }

    /// <summary>The runs of buckets with absolute indices, empty ones left out.</summary>
    internal ref struct Intervals
    {
        private readonly ReadOnlySpan<BucketSpan> _spans;
        private int _next;

        public Intervals(ImmutableArray<BucketSpan> spans)
        {
            _spans = spans.AsSpan();
        }

        /// <summary>The index of the first bucket.</summary>
        public int Start { get; private set; }

        /// <summary>The index behind the last bucket.</summary>
        public int End { get; private set; }

        /// <summary>The place of the first bucket's count among the counts.</summary>
        public int Position { get; private set; }

        public bool MoveNext()
        {
            Position += End - Start;
            while (_next < _spans.Length)
            {
                BucketSpan span = _spans[_next++];
                Start = End + span.Offset;
                End = Start + span.Length;
                if (span.Length > 0)
                {
                    return true;
                }
            }

            Start = End;
            return false;
        }
    }
}
