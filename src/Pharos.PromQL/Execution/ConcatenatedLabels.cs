using Pharos.Core.Labels;

namespace Pharos.PromQL.Execution;

/// <summary>The rows of one operator followed by those of another.</summary>
internal sealed class ConcatenatedLabels : RowLabels
{
    private readonly RowLabels _first;
    private readonly RowLabels _second;
    private readonly SymbolTable _symbols;

    public ConcatenatedLabels(RowLabels first, RowLabels second, SymbolTable symbols)
    {
        _first = first;
        _second = second;
        _symbols = symbols;
        IsStored = first.IsStored && second.IsStored;
    }

    public override int Count => _first.Count + _second.Count;

    public override bool IsStored { get; }

    public override bool AreUnique => (_first.Count == 0 && _second.AreUnique) || (_second.Count == 0 && _first.AreUnique);

    public override IReadOnlyList<string> Names => [.. _first.Names.Union(_second.Names, StringComparer.Ordinal).Order(Utf8Ordinal.Comparer)];

    public override bool HasPendingNames => _first.HasPendingNames || _second.HasPendingNames;

    public override void GetIds(string name, Span<uint> ids)
    {
        Get(_first, name, ids[.._first.Count]);
        Get(_second, name, ids[_first.Count..]);
    }

    public override string ValueOf(uint id) => IsStored ? _first.ValueOf(id) : _symbols.ValueOf(id);

    public override Labels Get(int row) => row < _first.Count ? _first.Get(row) : _second.Get(row - _first.Count);

    public override bool IsNamePending(int row) => row < _first.Count ? _first.IsNamePending(row) : _second.IsNamePending(row - _first.Count);

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
