using System.Text;
using Pharos.Core.Buffers;
using Pharos.Core.Labels;

namespace Pharos.PromQL.Execution;

/// <summary>
/// Which rows make which histogram: the rows that differ in <c>le</c> only are the buckets of one classic histogram, and a row whose labels are those
/// without <c>le</c> may hold the same histogram as a native one. Immutable.
/// </summary>
internal sealed class HistogramMembers
{
    /// <summary>Stands for a row that is not there.</summary>
    public const int NoRow = -1;

    private HistogramMembers(double[] bounds, bool[] isBucket, int[][] buckets, int[] nativeRows, RowLabels labels)
    {
        Bounds = bounds;
        IsBucket = isBucket;
        Buckets = buckets;
        NativeRows = nativeRows;
        Labels = labels;
    }

    /// <summary>No rows at all.</summary>
    public static HistogramMembers None { get; } = new([], [], [], [], null!);

    /// <summary>How many histograms there are.</summary>
    public int Count => Buckets.Length;

    /// <summary>The upper bound of each row that is a bucket.</summary>
    public double[] Bounds { get; }

    /// <summary>Whether a row has a number as <c>le</c>.</summary>
    public bool[] IsBucket { get; }

    /// <summary>The rows of each histogram's buckets, in the order of their bounds.</summary>
    public int[][] Buckets { get; }

    /// <summary>The row of each histogram that may be a native one, or <see cref="NoRow"/>; empty where no row can be.</summary>
    public int[] NativeRows { get; }

    /// <summary>The labels of the histograms, names included.</summary>
    public RowLabels Labels { get; }

    /// <summary>The most buckets that any histogram has.</summary>
    public int LargestCount => Buckets.Length == 0 ? 0 : Buckets.Max(static m => m.Length);

    /// <summary>The histograms among rows of numbers.</summary>
    public static HistogramMembers OfBuckets(RowLabels rows)
    {
        (double[] bounds, bool[] isBucket) = ReadBounds(rows);
        int[] bucketRows = RowsWhere(isBucket);
        ProjectedLabels withoutBound = WithoutBound(rows, bucketRows);
        GroupIndex groups = GroupIndex.OfAll(withoutBound);
        int[][] buckets = groups.Members();
        foreach (int[] members in buckets)
        {
            for (int i = 0; i < members.Length; i++)
            {
                members[i] = bucketRows[members[i]];
            }

            Sort(members, bounds);
        }

        return new HistogramMembers(bounds, isBucket, buckets, [], new ProjectedLabels(withoutBound, groups.FirstRows, LabelFilter.All, areUnique: true));
    }

    /// <summary>The histograms among rows of which any may hold native ones, at some steps at least. Native ones come first.</summary>
    public static HistogramMembers OfMixed(RowLabels rows, QueryRun run)
    {
        (double[] bounds, bool[] isBucket) = ReadBounds(rows);
        int[] bucketRows = RowsWhere(isBucket);
        var both = new ConcatenatedLabels(rows, WithoutBound(rows, bucketRows), run.Symbols);
        GroupIndex groups = GroupIndex.OfAll(both);
        int[][] members = groups.Members();
        int[] nativeRows = new int[members.Length];
        for (int g = 0; g < members.Length; g++)
        {
            // No two rows have equal labels, so at most one member comes from the rows themselves: the first.
            bool hasNative = members[g][0] < rows.Count;
            nativeRows[g] = hasNative ? members[g][0] : NoRow;
            members[g] = [.. members[g].Skip(hasNative ? 1 : 0).Select(member => bucketRows[member - rows.Count])];
            Sort(members[g], bounds);
        }

        return new HistogramMembers(bounds, isBucket, members, nativeRows, new ProjectedLabels(both, groups.FirstRows, LabelFilter.All, areUnique: true));
    }

    private static ProjectedLabels WithoutBound(RowLabels rows, int[] bucketRows) =>
        new(rows, bucketRows, LabelFilter.Without([Label.BucketBound]), areUnique: false);

    private static int[] RowsWhere(bool[] isBucket) => [.. Enumerable.Range(0, isBucket.Length).Where(row => isBucket[row])];

    private static void Sort(int[] rows, double[] bounds) =>
        Array.Sort(rows, (x, y) => bounds[x] != bounds[y] ? bounds[x].CompareTo(bounds[y]) : x - y);

    private static (double[] Bounds, bool[] IsBucket) ReadBounds(RowLabels rows)
    {
        uint[] ids = new uint[rows.Count];
        rows.GetIds(Label.BucketBound, ids);
        var known = new Dictionary<uint, (bool IsNumber, double Bound)>();
        double[] bounds = new double[ids.Length];
        bool[] isBucket = new bool[ids.Length];
        for (int row = 0; row < ids.Length; row++)
        {
            if (!known.TryGetValue(ids[row], out (bool IsNumber, double Bound) bound))
            {
                bound.IsNumber = FloatReader.TryParseGo(Encoding.UTF8.GetBytes(rows.ValueOf(ids[row])), out bound.Bound);
                known.Add(ids[row], bound);
            }

            isBucket[row] = bound.IsNumber;
            bounds[row] = bound.Bound;
        }

        return (bounds, isBucket);
    }
}
