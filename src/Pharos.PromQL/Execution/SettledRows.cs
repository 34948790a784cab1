using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>The root of an evaluation with delayed name removal.</summary>
internal sealed class SettledRows : RowSource
{
    private readonly RowSource _inner;

    public SettledRows(RowSource inner)
        : base(inner.Grid)
    {
        _inner = inner;
    }

    public override RowTable? Table => _inner.Table;

    public override void Fill(int row, RowSpan output, Worker worker) => _inner.Fill(row, output, worker);

    protected override void OnOpen(QueryRun run)
    {
        _inner.Open(run);
        HasHistograms = _inner.HasHistograms;
        Labels = _inner.Labels.HasPendingNames ? new SettledLabels(_inner.Labels) : _inner.Labels;
    }
}
