using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>Rows that several operators want: computed once and kept.</summary>
internal sealed class SharedRows : RowSource
{
    private readonly RowSource _inner;
    private RowTable? _table;

    public SharedRows(RowSource inner)
        : base(inner.Grid)
    {
        _inner = inner;
    }

    public override RowTable? Table => _table;

    public override void Fill(int row, RowSpan output, Worker worker) => _table![row].CopyTo(output);

    protected override void OnOpen(QueryRun run)
    {
        _inner.Open(run);
        HasHistograms = _inner.HasHistograms;
        _table = Rows.Materialize(run, _inner);
        Labels = _inner.Labels;
    }
}
