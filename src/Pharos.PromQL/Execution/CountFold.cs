using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary><c>count</c></summary>
internal sealed class CountFold : GroupFold
{
    private readonly int[] _count;

    public CountFold(int groups, int steps)
        : base(groups, steps)
    {
        _count = new int[checked(groups * Stride)];
    }

    protected override void OnAdd(int group, RowSpan row) => Folds.Count(row, _count.AsSpan(group * Stride, Stride));

    protected override void OnClear() => Array.Clear(_count);

    protected override void OnMerge(int group, GroupFold later)
    {
        var other = (CountFold)later;
        for (int i = group * Stride; i < (group + 1) * Stride; i++)
        {
            _count[i] += other._count[i];
        }
    }

    protected override void OnFinish(int group, Span<double> values)
    {
        for (int s = 0; s < Steps; s++)
        {
            values[s] = _count[(group * Stride) + s];
        }
    }
}
