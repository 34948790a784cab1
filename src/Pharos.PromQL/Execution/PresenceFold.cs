using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary><c>group</c>: 1 where any series has a value.</summary>
internal sealed class PresenceFold : GroupFold
{
    public PresenceFold(int groups, int steps)
        : base(groups, steps)
    {
    }

    protected override void OnAdd(int group, RowSpan row)
    {
        // The bits, which the base keeps, are all there is.
    }

    protected override void OnClear()
    {
        // The bits, which the base keeps, are all there is.
    }

    protected override void OnMerge(int group, GroupFold later)
    {
        // Likewise.
    }

    protected override void OnFinish(int group, Span<double> values) => values.Fill(1);
}
