using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Pharos.Core.Histograms;

/// <summary>The buckets of one sign while they are computed with. Arrays grow and are reused; spans are shared, never written.</summary>
internal sealed class BucketRow
{
    private readonly bool _isCompensated;
    private double[] _counts = [];
    private double[] _compensations = [];
    private int _length;

    /// <summary>An empty row.</summary>
    /// <param name="isCompensated">Whether what additions round away is kept.</param>
    public BucketRow(bool isCompensated)
    {
        _isCompensated = isCompensated;
    }

    public ImmutableArray<BucketSpan> Spans { get; private set; } = [];

    public ReadOnlySpan<double> Counts => _counts.AsSpan(0, _length);

    public bool HasInfinity => CountLoops.AnyInfinite(Counts);

    public BucketSide Side => new(Spans, Counts, Compensations);

    /// <summary>What was rounded away of each count; empty in a row that does not keep it.</summary>
    private Span<double> Compensations => _compensations.AsSpan(0, _isCompensated ? _length : 0);

    public void Set(BucketSide side)
    {
        Resize(side.Counts.Length);
        Spans = side.Spans;
        side.Counts.CopyTo(_counts);
        Compensations.Clear();
        if (_isCompensated)
        {
            side.Compensations.CopyTo(_compensations);
        }
    }

    public void Clear()
    {
        Spans = [];
        _length = 0;
    }

    /// <summary>Adds bucket by bucket; buckets that this row lacks are inserted.</summary>
    public void Add(BucketSide side, bool isSubtraction)
    {
        if (BucketLayout.Equal(Spans, side.Spans))
        {
            AddRun(0, side.Counts, side.Compensations, isSubtraction);
            return;
        }

        if (!BucketLayout.Contains(Spans, side.Spans))
        {
            Rearrange(BucketLayout.Union(Spans, side.Spans));
        }

        var target = new BucketLayout.Intervals(Spans);
        var source = new BucketLayout.Intervals(side.Spans);
        target.MoveNext();
        while (source.MoveNext())
        {
            while (target.End <= source.Start && target.MoveNext())
            {
            }

            int length = source.End - source.Start;
            AddRun(
                target.Position + source.Start - target.Start,
                side.Counts.Slice(source.Position, length),
                side.Compensations.IsEmpty ? default : side.Compensations.Slice(source.Position, length),
                isSubtraction);
        }
    }

    public void Scale(double factor, bool isDivision)
    {
        CountLoops.Scale(_counts.AsSpan(0, _length), factor, isDivision);
        CountLoops.Scale(Compensations, factor, isDivision);
    }

    /// <summary>Merges buckets into those of a coarser schema.</summary>
    public void Reduce(int shift)
    {
        if (_length == 0)
        {
            return;
        }

        ImmutableArray<BucketSpan> spans = BucketLayout.Coarser(Spans, shift);
        int written = -1;
        int last = 0;
        var source = new BucketLayout.Intervals(Spans);
        while (source.MoveNext())
        {
            for (int index = source.Start; index < source.End; index++)
            {
                // Never more targets than sources: what is overwritten has been read.
                int position = source.Position + index - source.Start;
                int target = BucketBounds.Coarser(index, shift);
                if (written >= 0 && target == last)
                {
                    Merge(written, position);
                }
                else
                {
                    Move(++written, position);
                    last = target;
                }
            }
        }

        Spans = spans;
        _length = written + 1;
    }

    /// <summary>Drops the buckets whose inner bound is below the threshold, and any other empty ones.</summary>
    public void DropBelow(double threshold, int schema)
    {
        int position = 0;
        var source = new BucketLayout.Intervals(Spans);
        while (source.MoveNext())
        {
            for (int index = source.Start; index < source.End && BucketBounds.Exponential(index - 1, schema) < threshold; index++)
            {
                _counts[position] = 0;
                if (_isCompensated)
                {
                    _compensations[position] = 0;
                }

                position++;
            }
        }

        DropEmpty();
    }

    public void DropEmpty()
    {
        if (CountLoops.AnyZero(Counts))
        {
            Rearrange(BucketLayout.Occupied(Spans, Counts, Compensations, maxEmpty: 0));
        }
    }

    /// <summary>Replaces the buckets by those of other custom bounds, which take the counts of several.</summary>
    public void Remap(ReadOnlySpan<double> bounds, ReadOnlySpan<double> targetBounds, BucketSide added, ReadOnlySpan<double> addedBounds, bool isSubtraction)
    {
        var target = new CompensatedSum[targetBounds.Length + 1];
        CustomBounds.Map(Side, bounds, target, targetBounds, isSubtraction: false);
        CustomBounds.Map(added, addedBounds, target, targetBounds, isSubtraction);
        Resize(target.Length);
        for (int i = 0; i < target.Length; i++)
        {
            _counts[i] = target[i].Value;
            if (_isCompensated)
            {
                _compensations[i] = target[i].Compensation;
            }
        }

        Spans = [new BucketSpan(0, target.Length)];
        DropEmpty();
    }

    /// <summary>A copy of the counts with what was rounded away given back.</summary>
    public ImmutableArray<double> ToCounts()
    {
        if (_length == 0)
        {
            return [];
        }

        double[] counts = Counts.ToArray();
        if (_isCompensated)
        {
            CountLoops.Add(counts, Compensations, isSubtraction: false);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(counts);
    }

    private void AddRun(int position, ReadOnlySpan<double> counts, ReadOnlySpan<double> compensations, bool isSubtraction)
    {
        Span<double> sums = _counts.AsSpan(position, counts.Length);
        if (!_isCompensated)
        {
            CountLoops.Add(sums, counts, isSubtraction);
            return;
        }

        Span<double> own = _compensations.AsSpan(position, counts.Length);
        CountLoops.AddCompensated(sums, own, counts, isSubtraction);
        if (!compensations.IsEmpty)
        {
            CountLoops.AddCompensated(sums, own, compensations, isSubtraction);
        }
    }

    private void Merge(int into, int from)
    {
        if (!_isCompensated)
        {
            _counts[into] += _counts[from];
            return;
        }

        var sum = new CompensatedSum(_counts[into], _compensations[into]);
        sum.Add(_counts[from]);
        sum.Add(_compensations[from]);
        _counts[into] = sum.Value;
        _compensations[into] = sum.Compensation;
    }

    private void Move(int to, int from)
    {
        _counts[to] = _counts[from];
        if (_isCompensated)
        {
            _compensations[to] = _compensations[from];
        }
    }

    private void Rearrange(ImmutableArray<BucketSpan> spans)
    {
        int length = BucketLayout.Length(spans);
        double[] counts = new double[length];
        BucketLayout.Copy(Spans, Counts, spans, counts);
        if (_isCompensated)
        {
            double[] compensations = new double[length];
            BucketLayout.Copy(Spans, Compensations, spans, compensations);
            _compensations = compensations;
        }

        _counts = counts;
        _length = length;
        Spans = spans;
    }

    private void Resize(int length)
    {
        if (_counts.Length < length)
        {
            _counts = new double[length];
        }

        if (_isCompensated && _compensations.Length < length)
        {
            _compensations = new double[length];
        }

        _length = length;
    }
}
