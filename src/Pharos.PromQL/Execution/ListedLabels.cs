using Pharos.Core.Labels;

namespace Pharos.PromQL.Execution;

/// <summary>Labels that a query computed, as a list. For results of few rows, and for values that the store does not know.</summary>
internal sealed class ListedLabels : RowLabels
{
    private readonly IReadOnlyList<Labels> _labels;
    private readonly SymbolTable _symbols;
    private readonly bool[]? _pending;
    private string[]? _names;

    public ListedLabels(IReadOnlyList<Labels> labels, SymbolTable symbols, bool areUnique, bool[]? pending = null)
    {
        _labels = labels;
        _symbols = symbols;
        _pending = pending;
        AreUnique = areUnique || labels.Count < 2;
    }

    public override int Count => _labels.Count;

    public override bool IsStored => false;

    public override bool AreUnique { get; }

    public override bool HasPendingNames => _pending is not null;

    public override IReadOnlyList<string> Names =>
        _names ??= [.. _labels.SelectMany(static l => l).Select(static l => l.Name).Distinct(StringComparer.Ordinal).Order(Utf8Ordinal.Comparer)];

    public override void GetIds(string name, Span<uint> ids)
    {
        for (int i = 0; i < _labels.Count; i++)
        {
            ids[i] = _symbols.Intern(_labels[i][name]);
        }
    }

    public override string ValueOf(uint id) => _symbols.ValueOf(id);

    public override Labels Get(int row) => _labels[row];

    public override bool IsNamePending(int row) => _pending is not null && _pending[row];
}
