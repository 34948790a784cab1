using Pharos.Core.Histograms;

namespace Pharos.Core.Tests.Histograms;

/// <summary>What histograms mean, in dictionaries: the standard that arithmetic on spans is held to.</summary>
internal sealed class NaiveHistogram
{
    private readonly int _schema;
    private readonly IReadOnlyList<double> _bounds;

    public NaiveHistogram(FloatHistogram h)
    {
        _schema = h.Schema;
        _bounds = h.CustomValues;
        ZeroThreshold = h.ZeroThreshold;
        ZeroCount = h.ZeroCount;
        Positive = Side(h.PositiveSpans, h.PositiveBuckets);
        Negative = Side(h.NegativeSpans, h.NegativeBuckets);
    }

    private NaiveHistogram(int schema, IReadOnlyList<double> bounds, double zeroThreshold, double zeroCount)
    {
        _schema = schema;
        _bounds = bounds;
        ZeroThreshold = zeroThreshold;
        ZeroCount = zeroCount;
    }

    public double ZeroThreshold { get; private set; }

    public double ZeroCount { get; private set; }

    public SortedDictionary<int, double> Positive { get; private set; } = [];

    public SortedDictionary<int, double> Negative { get; private set; } = [];

    public static NaiveHistogram Combine(NaiveHistogram left, NaiveHistogram right, int sign)
    {
        if (left._schema == FloatHistogram.CustomBucketsSchema)
        {
            double[] common = [.. left._bounds.Intersect(right._bounds)];
            var custom = new NaiveHistogram(left._schema, common, 0, 0);
            custom.Take(left.Remapped(common), 1);
            custom.Take(right.Remapped(common), sign);
            return custom;
        }

        while (left.ZeroThreshold != right.ZeroThreshold)
        {
            left.Widen(right.ZeroThreshold);
            right.Widen(left.ZeroThreshold);
        }

        int schema = Math.Min(left._schema, right._schema);
        var sum = new NaiveHistogram(schema, [], left.ZeroThreshold, left.ZeroCount + (sign * right.ZeroCount));
        sum.Take(left.Reduced(schema), 1);
        sum.Take(right.Reduced(schema), sign);
        return sum;
    }

    public NaiveHistogram Reduced(int schema)
    {
        var reduced = new NaiveHistogram(schema, [], ZeroThreshold, ZeroCount);
        foreach ((int index, double count) in Positive)
        {
            Add(reduced.Positive, (int)Math.Ceiling(Math.ScaleB(index, schema - _schema)), count);
        }

        foreach ((int index, double count) in Negative)
        {
            Add(reduced.Negative, (int)Math.Ceiling(Math.ScaleB(index, schema - _schema)), count);
        }

        return reduced;
    }

    private static SortedDictionary<int, double> Side(IEnumerable<BucketSpan> spans, IReadOnlyList<double> counts)
    {
        var side = new SortedDictionary<int, double>();
        int index = 0;
        int position = 0;
        foreach (BucketSpan span in spans)
        {
            index += span.Offset;
            for (int i = 0; i < span.Length; i++)
            {
                Add(side, index++, counts[position++]);
            }
        }

        return side;
    }

    private static void Add(SortedDictionary<int, double> side, int index, double count)
    {
        double sum = side.GetValueOrDefault(index) + count;
        if (sum == 0)
        {
            side.Remove(index);
        }
        else
        {
            side[index] = sum;
        }
    }

    private double Upper(int index) => BucketBounds.Exponential(index, _schema);

    private void Take(NaiveHistogram other, int sign)
    {
        foreach ((int index, double count) in other.Positive)
        {
            Add(Positive, index, sign * count);
        }

        foreach ((int index, double count) in other.Negative)
        {
            Add(Negative, index, sign * count);
        }
    }

    private NaiveHistogram Remapped(double[] bounds)
    {
        var remapped = new NaiveHistogram(_schema, bounds, 0, 0);
        foreach ((int index, double count) in Positive)
        {
            double bound = index < _bounds.Count ? _bounds[index] : double.PositiveInfinity;
            Add(remapped.Positive, bounds.Count(b => b < bound), count);
        }

        return remapped;
    }

    // A populated bucket that the threshold cuts goes into the zero bucket as a whole.
    private void Widen(double threshold)
    {
        if (threshold <= ZeroThreshold)
        {
            return;
        }

        KeyValuePair<int, double>[] cut = [.. Positive.Concat(Negative).Where(b => Upper(b.Key - 1) < threshold && Upper(b.Key) > threshold)];
        if (cut.Length > 0)
        {
            Widen(cut.Max(b => Upper(b.Key)));
            return;
        }

        ZeroThreshold = threshold;
        foreach (SortedDictionary<int, double> side in (SortedDictionary<int, double>[])[Positive, Negative])
        {
            foreach (int index in side.Keys.Where(i => Upper(i - 1) < threshold).ToArray())
            {
                ZeroCount += side[index];
                side.Remove(index);
            }
        }
    }
}
