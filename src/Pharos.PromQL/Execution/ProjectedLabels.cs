using Pharos.Core.Labels;

namespace Pharos.PromQL.Execution;

/// <summary>Some rows of others' labels, with some of their names: the result of grouping, filtering and dropping names.</summary>
internal sealed class ProjectedLabels : RowLabels
{
    private readonly RowLabels _inner;
    private readonly int[]? _rows;
    private readonly LabelFilter _filter;
    private readonly bool? _pending;
    private readonly bool[]? _pendingRows;
    private string[]? _names;

    /// <summary>Projects.</summary>
    /// <param name="inner">Where labels come from.</param>
    /// <param name="rows">Which rows, in which order; null for all.</param>
    /// <param name="filter">Which names.</param>
    /// <param name="areUnique">See <see cref="RowLabels.AreUnique"/>.</param>
    /// <param name="pending">Overrides whether names are still to be dropped; null leaves it as it is.</param>
    /// <param name="pendingRows">The same row by row.</param>
    public ProjectedLabels(RowLabels inner, int[]? rows, LabelFilter filter, bool areUnique, bool? pending = null, bool[]? pendingRows = null)
    {
        _inner = inner;
        _rows = rows;
        _filter = filter;
        _pending = pending;
        _pendingRows = pendingRows;
        AreUnique = areUnique || Count < 2;
    }

    public override int Count => _rows?.Length ?? _inner.Count;

    public override bool IsStored => _inner.IsStored;

    public override bool AreUnique { get; }

    public override IReadOnlyList<string> Names => _names ??= [.. _inner.Names.Where(_filter.Allows)];

    public override bool HasPendingNames => _pendingRows is not null || (_pending ?? _inner.HasPendingNames);

    public override void GetIds(string name, Span<uint> ids)
    {
        if (!_filter.Allows(name))
        {
            ids.Clear();
        }
        else if (_rows is null)
        {
            _inner.GetIds(name, ids);
        }
        else
        {
            uint[] all = new uint[_inner.Count];
            _inner.GetIds(name, all);
            for (int i = 0; i < _rows.Length; i++)
            {
                ids[i] = all[_rows[i]];
            }
        }
    }

    public override string ValueOf(uint id) => _inner.ValueOf(id);

    public override Labels Get(int row) => _filter.Apply(_inner.Get(_rows is null ? row : _rows[row]));

    public override bool IsNamePending(int row) =>
        _pendingRows is not null ? _pendingRows[row] : _pending ?? _inner.IsNamePending(_rows is null ? row : _rows[row]);
}
