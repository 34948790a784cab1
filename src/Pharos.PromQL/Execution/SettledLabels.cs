using Pharos.Core.Labels;

namespace Pharos.PromQL.Execution;

/// <summary>Labels at the end of an evaluation with delayed name removal: the names that were marked are gone.</summary>
internal sealed class SettledLabels(RowLabels inner) : RowLabels
{
    public override int Count => inner.Count;

    public override bool IsStored => inner.IsStored;

    public override bool AreUnique => Count < 2;

    public override IReadOnlyList<string> Names => inner.Names;

    public override void GetIds(string name, Span<uint> ids)
    {
        inner.GetIds(name, ids);
        if (LabelFilter.NoMetric.Allows(name))
        {
            return;
        }

        for (int row = 0; row < ids.Length; row++)
        {
            ids[row] = inner.IsNamePending(row) ? 0 : ids[row];
        }
    }

    public override string ValueOf(uint id) => inner.ValueOf(id);

    public override Labels Get(int row) => inner.IsNamePending(row) ? LabelFilter.NoMetric.Apply(inner.Get(row)) : inner.Get(row);
}
