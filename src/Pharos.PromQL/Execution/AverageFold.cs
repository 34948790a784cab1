using Pharos.Core.Samples;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>
/// <c>avg</c>: a compensated sum over a count. Where a sum of finite values overflows, that place goes over to an incremental mean, as upstream.
/// </summary>
internal sealed class AverageFold : GroupFold
{
    private readonly double[] _sum;
    private readonly double[] _compensation;
    private readonly int[] _count;
    private bool[]? _isMean;

    public AverageFold(int groups, int steps)
        : base(groups, steps)
    {
        _sum = new double[checked(groups * Stride)];
        _compensation = new double[groups * Stride];
        _count = new int[groups * Stride];
    }

    protected override void OnAdd(int group, RowSpan row)
    {
        int from = group * Stride;
        Span<double> sums = _sum.AsSpan(from, Stride);
        if (_isMean is not null || MayOverflow(row, sums))
        {
            AddCarefully(from, row);
            return;
        }

        Folds.Sum(row, sums, _compensation.AsSpan(from, Stride));
        Folds.Count(row, _count.AsSpan(from, Stride));
    }

    protected override void OnClear()
    {
        Array.Clear(_sum);
        Array.Clear(_compensation);
        Array.Clear(_count);
        _isMean = null;
    }

    protected override void OnMerge(int group, GroupFold later)
    {
        var other = (AverageFold)later;
        for (int i = group * Stride; i < (group + 1) * Stride; i++)
        {
            if (other._count[i] > 0)
            {
                Merge(i, other);
            }
        }
    }

    protected override void OnFinish(int group, Span<double> values)
    {
        int from = group * Stride;
        for (int s = 0; s < Steps; s++)
        {
            int i = from + s;
            values[s] = IsMean(i) ? _sum[i] + _compensation[i] : (_sum[i] / _count[i]) + (_compensation[i] / _count[i]);
        }
    }

    private bool IsMean(int i) => _isMean is not null && _isMean[i];

    // A sum can only overflow where it or the value is far above anything measured.
    private static bool MayOverflow(RowSpan row, ReadOnlySpan<double> sums)
    {
        const double Huge = 1e300;
        return Folds.AnyAbove(row.Values, Huge) || Folds.AnyAbove(sums, Huge);
    }

    private void AddCarefully(int from, RowSpan row)
    {
        for (int s = 0; s < row.Steps; s++)
        {
            if (row.Has(s))
            {
                int i = from + s;
                _count[i]++;
                AddValue(i, row.Values[s], _count[i]);
            }
        }
    }

    private void AddValue(int i, double value, double count)
    {
        if (!IsMean(i))
        {
            double sum = _sum[i];
            double compensation = _compensation[i];
            KahanSum.Add(value, ref sum, ref compensation);
            if (!double.IsInfinity(sum) || count == 1)
            {
                _sum[i] = sum;
                _compensation[i] = compensation;
                return;
            }

            ToMean(i, count - 1);
        }

        double weight = (count - 1) / count;
        _sum[i] *= weight;
        _compensation[i] *= weight;
        KahanSum.Add(value / count, ref _sum[i], ref _compensation[i]);
    }

    private void ToMean(int i, double count)
    {
        _isMean ??= new bool[_sum.Length];
        _isMean[i] = true;
        _sum[i] /= count;
        _compensation[i] /= count;
    }

    private void Merge(int i, AverageFold other)
    {
        double total = _count[i] + other._count[i];
        double sum = _sum[i] + other._sum[i];
        bool overflows = double.IsInfinity(sum) && _count[i] > 0;
        if (!IsMean(i) && !other.IsMean(i) && !overflows)
        {
            KahanSum.Add(other._sum[i], ref _sum[i], ref _compensation[i]);
            _compensation[i] += double.IsInfinity(_sum[i]) ? 0 : other._compensation[i];
        }
        else
        {
            if (!IsMean(i))
            {
                ToMean(i, Math.Max(1, _count[i]));
            }

            double theirs = other.IsMean(i)
                ? other._sum[i] + other._compensation[i]
                : (other._sum[i] / other._count[i]) + (other._compensation[i] / other._count[i]);
            _sum[i] = ((_sum[i] + _compensation[i]) * (_count[i] / total)) + (theirs * (other._count[i] / total));
            _compensation[i] = 0;
        }

        _count[i] = (int)total;
    }
}
