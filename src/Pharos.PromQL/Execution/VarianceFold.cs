using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary><c>stddev</c> and <c>stdvar</c>: Welford's recurrence; partitions are joined by Chan's formula.</summary>
internal sealed class VarianceFold : GroupFold
{
    private readonly double[] _mean;
    private readonly double[] _squares;
    private readonly int[] _count;
    private readonly bool _isDeviation;

    public VarianceFold(int groups, int steps, bool isDeviation)
        : base(groups, steps)
    {
        _mean = new double[checked(groups * Stride)];
        _squares = new double[groups * Stride];
        _count = new int[groups * Stride];
        _isDeviation = isDeviation;
    }

    protected override void OnAdd(int group, RowSpan row)
    {
        int from = group * Stride;
        for (int s = 0; s < row.Steps; s++)
        {
            if (row.Has(s))
            {
                Add(from + s, row.Values[s]);
            }
        }
    }

    protected override void OnClear()
    {
        Array.Clear(_mean);
        Array.Clear(_squares);
        Array.Clear(_count);
    }

    protected override void OnMerge(int group, GroupFold later)
    {
        var other = (VarianceFold)later;
        for (int i = group * Stride; i < (group + 1) * Stride; i++)
        {
            if (other._count[i] == 0)
            {
                continue;
            }

            double mine = _count[i];
            double theirs = other._count[i];
            double delta = other._mean[i] - _mean[i];
            _count[i] += other._count[i];
            _mean[i] = mine == 0 ? other._mean[i] : _mean[i] + (delta * theirs / _count[i]);
            _squares[i] += other._squares[i] + (mine == 0 ? 0 : delta * delta * mine * theirs / _count[i]);
        }
    }

    protected override void OnFinish(int group, Span<double> values)
    {
        for (int s = 0; s < Steps; s++)
        {
            int i = (group * Stride) + s;
            double variance = _squares[i] / _count[i];
            values[s] = _isDeviation ? Math.Sqrt(variance) : variance;
        }
    }

    private void Add(int i, double value)
    {
        _count[i]++;
        if (_count[i] == 1)
        {
            _mean[i] = value;
            _squares[i] = double.IsFinite(value) ? 0 : double.NaN;
            return;
        }

        double delta = value - _mean[i];
        _mean[i] += delta / _count[i];
        _squares[i] += delta * (value - _mean[i]);
    }
}
