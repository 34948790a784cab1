using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Pharos.Core.Histograms;

namespace Pharos.Storage.Chunks;

/// <summary>How the buckets of a chunk and those of the next histogram go together, by upstream's rules.</summary>
internal static class BucketMerge
{
    /// <summary>The buckets of the whole.</summary>
    public static int CountOf(ReadOnlySpan<BucketSpan> spans)
    {
        int count = 0;
        foreach (BucketSpan span in spans)
        {
            count = checked(count + span.Length);
        }

        return count;
    }

    /// <summary>Whether spans are the same in every detail: the usual case.</summary>
    public static bool AreSame(ReadOnlySpan<BucketSpan> left, ReadOnlySpan<BucketSpan> right) =>
        MemoryMarshal.Cast<BucketSpan, long>(left).SequenceEqual(MemoryMarshal.Cast<BucketSpan, long>(right));

    /// <summary>
    /// Compares the buckets of a counter before with those now. False when it was reset: a bucket holds less, or one that held something is gone.
    /// </summary>
    public static bool TryFollow(
        ReadOnlySpan<BucketSpan> spansBefore, ReadOnlySpan<long> before, ReadOnlySpan<BucketSpan> spansNow, ReadOnlySpan<long> now, bool isInteger, out BucketFit fit)
    {
        fit = default;
        if (AreSame(spansBefore, spansNow))
        {
            return before.IsEmpty || !IsAnyLess(before, now, isInteger);
        }

        var b = new BucketWalk(spansBefore, before, isInteger);
        var n = new BucketWalk(spansNow, now, isInteger);
        b.MoveNext();
        n.MoveNext();
        while (b.IsValid || n.IsValid)
        {
            if (b.IsValid && n.IsValid && b.Index == n.Index)
            {
                if (b.IsMoreThan(n))
                {
                    return false;
                }

                b.MoveNext();
                n.MoveNext();
            }
            else if (b.IsValid && (!n.IsValid || b.Index < n.Index))
            {
                if (!b.IsEmpty)
                {
                    return false;
                }

                fit = fit with { IsSampleNarrow = true };
                b.MoveNext();
            }
            else
            {
                fit = fit with { IsChunkNarrow = true };
                n.MoveNext();
            }
        }

        return true;
    }

    /// <summary>Which of the two lacks buckets that the other has.</summary>
    public static BucketFit Compare(ReadOnlySpan<BucketSpan> chunk, ReadOnlySpan<BucketSpan> sample)
    {
        // Without counts no bucket is more than another and all are empty.
        TryFollow(chunk, [], sample, [], isInteger: true, out BucketFit fit);
        return fit;
    }

    /// <summary>The buckets that either has, in as few spans as possible.</summary>
    public static ImmutableArray<BucketSpan> Union(ReadOnlySpan<BucketSpan> left, ReadOnlySpan<BucketSpan> right)
    {
        var l = new BucketWalk(left, [], isInteger: true);
        var r = new BucketWalk(right, [], isInteger: true);
        l.MoveNext();
        r.MoveNext();
        var spans = new List<BucketSpan>(left.Length + right.Length);
        int end = 0;
        while (l.IsValid || r.IsValid)
        {
            int index = !r.IsValid || (l.IsValid && l.Index < r.Index) ? l.Index : r.Index;
            if (spans.Count > 0 && index == end)
            {
                spans[^1] = spans[^1] with { Length = spans[^1].Length + 1 };
            }
            else
            {
                spans.Add(new BucketSpan(index - end, 1));
            }

            end = index + 1;
            if (l.IsValid && l.Index == index)
            {
                l.MoveNext();
            }

            if (r.IsValid && r.Index == index)
            {
                r.MoveNext();
            }
        }

        return [.. spans];
    }

    /// <summary>Copies counts into more buckets; those that were not there are empty.</summary>
    public static void Spread(ReadOnlySpan<BucketSpan> from, ReadOnlySpan<long> values, ReadOnlySpan<BucketSpan> to, Span<long> target, bool isInteger)
    {
        var source = new BucketWalk(from, values, isInteger);
        var wide = new BucketWalk(to, [], isInteger);
        source.MoveNext();
        long before = 0;
        while (wide.MoveNext())
        {
            long count = 0;
            if (source.IsValid && source.Index == wide.Index)
            {
                count = source.Count;
                source.MoveNext();
            }

            target[wide.Position] = isInteger ? unchecked(count - before) : count;
            before = count;
        }
    }

    private static bool IsAnyLess(ReadOnlySpan<long> before, ReadOnlySpan<long> now, bool isInteger)
    {
        long countBefore = 0;
        long countNow = 0;
        for (int i = 0; i < before.Length; i++)
        {
            if (isInteger)
            {
                countBefore = unchecked(countBefore + before[i]);
                countNow = unchecked(countNow + now[i]);
                if (countBefore > countNow)
                {
                    return true;
                }
            }
            else if (BitConverter.Int64BitsToDouble(before[i]) > BitConverter.Int64BitsToDouble(now[i]))
            {
                return true;
            }
        }

        return false;
    }
}
