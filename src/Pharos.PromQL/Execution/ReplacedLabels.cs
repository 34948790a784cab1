using Pharos.Core.Labels;

namespace Pharos.PromQL.Execution;

/// <summary>Labels of which one has other values. Its column has ids of the query, as the store need not know these values; the others stay as they are.</summary>
internal sealed class ReplacedLabels : RowLabels
{
    private readonly RowLabels _inner;
    private readonly string _target;
    private readonly string?[] _values;
    private readonly bool[]? _pending;
    private readonly SymbolTable _symbols;

    /// <summary>Replaces; a null value keeps the row's own, an empty one removes the label.</summary>
    public ReplacedLabels(RowLabels inner, string target, string?[] values, bool[]? pending, SymbolTable symbols)
    {
        _inner = inner;
        _target = target;
        _values = values;
        _pending = pending;
        _symbols = symbols;
    }

    public override int Count => _inner.Count;

    public override bool IsStored => false;

    // What is replaced may have been the difference.
    public override bool AreUnique => Count < 2;

    public override IReadOnlyList<string> Names => _inner.Names.Contains(_target, StringComparer.Ordinal)
        ? _inner.Names
        : [.. _inner.Names.Append(_target).Order(Utf8Ordinal.Comparer)];

    public override bool HasPendingNames => _pending is not null;

    public override void GetIds(string name, Span<uint> ids)
    {
        _symbols.GetIds(_inner, name, ids);
        if (!string.Equals(name, _target, StringComparison.Ordinal))
        {
            return;
        }

        for (int row = 0; row < _values.Length; row++)
        {
            ids[row] = _values[row] is { } value ? _symbols.Intern(value) : ids[row];
        }
    }

    public override string ValueOf(uint id) => _symbols.ValueOf(id);

    public override Labels Get(int row) =>
        _values[row] is { } value ? new LabelsBuilder(_inner.Get(row)).Set(_target, value).ToLabels() : _inner.Get(row);

    public override bool IsNamePending(int row) => _pending is not null && _pending[row];
}
