using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>
/// Joins rows that have come to have equal labels, for instance by losing their names: into one series if they never have a value at the same step.
/// Where labels are unique, which is nearly always proved without looking at them, rows pass as they are.
/// </summary>
internal sealed class MergedRows : RowSource
{
    private readonly RowSource _inner;
    private readonly bool _isStrict;
    private int[][]? _members;
    private RowTable? _table;
    private int _slot;

    /// <summary>Joins rows; with <paramref name="isStrict"/> two rows of equal labels that have any values at all are an error.</summary>
    public MergedRows(RowSource inner, bool isStrict)
        : base(inner.Grid)
    {
        _inner = inner;
        _isStrict = isStrict;
    }

    public override RowTable? Table => _members is null ? _inner.Table : _table;

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        if (_members is null)
        {
            _inner.Fill(row, output, worker);
        }
        else if (_table is not null)
        {
            _table[row].CopyTo(output);
        }
        else
        {
            FillMerged(_members[row], output, worker);
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _inner.Open(run);
        Labels = _inner.Labels;
        HasHistograms = _inner.HasHistograms;
        if (Labels.AreUnique)
        {
            return;
        }

        _slot = run.NewSlot();
        GroupIndex groups = GroupIndex.OfAll(_inner.Labels);
        bool areUnique = groups.Count == _inner.Count;
        _members = areUnique ? null : groups.Members();
        Labels = new ProjectedLabels(_inner.Labels, areUnique ? null : groups.FirstRows, LabelFilter.All, areUnique: true);

        // Done at once, so that a collision is an error whether or not anybody asks for the row.
        _table = areUnique ? null : Rows.Materialize(run, this);
    }

    private void FillMerged(int[] members, RowSpan output, Worker worker)
    {
        _inner.Fill(members[0], output, worker);
        if (members.Length > 1)
        {
            RowSpan next = worker.Row(_slot, _inner);
            for (int m = 1; m < members.Length; m++)
            {
                _inner.Fill(members[m], next, worker);
                worker.Pace.Spend(Steps);
                Join(next, output);
            }
        }
    }

    private void Join(RowSpan next, RowSpan output)
    {
        if (next.IsEmpty)
        {
            return;
        }

        bool collides = _isStrict && !output.IsEmpty;
        for (int w = 0; w < next.Present.Length && !collides; w++)
        {
            collides = (next.Present[w] & output.Present[w]) != 0;
        }

        if (collides)
        {
            throw QueryException.Execution("vector cannot contain metrics with the same labelset");
        }

        for (int s = 0; s < next.Steps; s++)
        {
            if (next.Has(s))
            {
                output.SetFrom(next, s);
            }
        }
    }
}
