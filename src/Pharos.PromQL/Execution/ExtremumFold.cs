using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary><c>min</c> and <c>max</c>: NaN loses against any number.</summary>
internal sealed class ExtremumFold : GroupFold
{
    private readonly double[] _best;
    private readonly bool _isMax;

    public ExtremumFold(int groups, int steps, bool isMax)
        : base(groups, steps)
    {
        _isMax = isMax;
        _best = new double[checked(groups * Stride)];
        Array.Fill(_best, double.NaN);
    }

    protected override void OnAdd(int group, RowSpan row) => Folds.Extremum(row, _best.AsSpan(group * Stride, Stride), _isMax);

    protected override void OnClear() => Array.Fill(_best, double.NaN);

    protected override void OnMerge(int group, GroupFold later)
    {
        var other = (ExtremumFold)later;
        var row = new RowSpan(other._best.AsSpan(group * Stride, Stride), other.Present(group), Steps);
        Folds.Extremum(row, _best.AsSpan(group * Stride, Stride), _isMax);
    }

    protected override void OnFinish(int group, Span<double> values) => _best.AsSpan(group * Stride, Stride).CopyTo(values);
}
