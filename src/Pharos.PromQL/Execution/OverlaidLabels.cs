using Pharos.Core.Labels;

namespace Pharos.PromQL.Execution;

/// <summary>
/// The labels of many-to-one matching: those of the "many" side without some, and some taken over from the row of the "one" side that it met.
/// </summary>
internal sealed class OverlaidLabels : RowLabels
{
    private readonly ProjectedLabels _many;
    private readonly RowLabels _one;
    private readonly int[] _oneRows;
    private readonly IReadOnlyList<string> _include;
    private readonly SymbolTable _symbols;
    private string[]? _names;

    public OverlaidLabels(ProjectedLabels many, RowLabels one, int[] oneRows, IReadOnlyList<string> include, SymbolTable symbols)
    {
        _many = many;
        _one = one;
        _oneRows = oneRows;
        _include = include;
        _symbols = symbols;
        IsStored = many.IsStored && one.IsStored;
    }

    public override int Count => _many.Count;

    public override bool IsStored { get; }

    public override bool AreUnique => Count < 2;

    public override IReadOnlyList<string> Names => _names ??= [.. _many.Names.Union(_include, StringComparer.Ordinal).Order(Utf8Ordinal.Comparer)];

    public override bool HasPendingNames => _many.HasPendingNames;

    public override void GetIds(string name, Span<uint> ids)
    {
        if (!_include.Contains(name, StringComparer.Ordinal))
        {
            Get(_many, name, ids);
            return;
        }

        uint[] all = new uint[_one.Count];
        Get(_one, name, all);
        for (int i = 0; i < _oneRows.Length; i++)
        {
            ids[i] = all[_oneRows[i]];
        }
    }

    public override string ValueOf(uint id) => IsStored ? _many.ValueOf(id) : _symbols.ValueOf(id);

    public override Labels Get(int row)
    {
        var builder = new LabelsBuilder(_many.Get(row));
        Labels one = _one.Get(_oneRows[row]);
        foreach (string name in _include)
        {
            builder.Set(name, one[name]);
        }

        return builder.ToLabels();
    }

    public override bool IsNamePending(int row) => _many.IsNamePending(row);

    private void Get(RowLabels labels, string name, Span<uint> ids)
    {
        if (IsStored)
        {
            labels.GetIds(name, ids);
        }
        else
        {
            _symbols.GetIds(labels, name, ids);
        }
    }
}
