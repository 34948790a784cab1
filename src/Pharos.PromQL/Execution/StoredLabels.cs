using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.PromQL.Execution;

/// <summary>The labels of selected series.</summary>
internal sealed class StoredLabels(ISeriesSet set) : RowLabels
{
    private IReadOnlyList<string>? _names;

    public override int Count => set.Count;

    public override bool IsStored => true;

    public override bool AreUnique => true;

    public override IReadOnlyList<string> Names => _names ??= FindNames();

    public override void GetIds(string name, Span<uint> ids) => set.GetLabelValueIds(name, ids);

    public override string ValueOf(uint id) => set.GetLabelValue(id);

    public override Labels Get(int row) => set.GetLabels(row);

    private List<string> FindNames()
    {
        uint[] shapes = new uint[set.Count];
        set.GetShapeIds(shapes);
        var seen = new HashSet<uint>();
        var names = new SortedSet<string>(Utf8Ordinal.Comparer);
        uint last = uint.MaxValue;
        foreach (uint shape in shapes)
        {
            if ((shape != last || shape == uint.MaxValue) && seen.Add(shape))
            {
                names.UnionWith(set.GetShapeLabelNames(shape));
            }

            last = shape;
        }

        return [.. names];
    }
}
