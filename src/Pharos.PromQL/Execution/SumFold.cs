using Pharos.Core.Samples;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary><c>sum</c>: compensated.</summary>
internal sealed class SumFold : GroupFold
{
    private readonly double[] _sum;
    private readonly double[] _compensation;

    public SumFold(int groups, int steps)
        : base(groups, steps)
    {
        _sum = new double[checked(groups * Stride)];
        _compensation = new double[groups * Stride];
    }

    protected override void OnAdd(int group, RowSpan row) =>
        Folds.Sum(row, _sum.AsSpan(group * Stride, Stride), _compensation.AsSpan(group * Stride, Stride));

    protected override void OnClear()
    {
        Array.Clear(_sum);
        Array.Clear(_compensation);
    }

    protected override void OnMerge(int group, GroupFold later)
    {
        var other = (SumFold)later;
        for (int i = group * Stride; i < (group + 1) * Stride; i++)
        {
            KahanSum.Add(other._sum[i], ref _sum[i], ref _compensation[i]);
            _compensation[i] += double.IsInfinity(_sum[i]) ? 0 : other._compensation[i];
        }
    }

    protected override void OnFinish(int group, Span<double> values)
    {
        int from = group * Stride;
        for (int s = 0; s < Steps; s++)
        {
            values[s] = _sum[from + s] + _compensation[from + s];
        }
    }
}
