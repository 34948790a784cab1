using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>Which steps of a row have a value, number or histogram; the values themselves mean nothing.</summary>
internal sealed class PresenceRows : RowSource
{
    private readonly RowSource _inner;
    private int _slot;

    public PresenceRows(RowSource inner)
        : base(inner.Grid)
    {
        _inner = inner;
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        if (_inner.HasHistograms)
        {
            RowSpan scratch = worker.Row(_slot, _inner);
            _inner.Fill(row, scratch, worker);
            scratch.Present.CopyTo(output.Present);
        }
        else
        {
            _inner.Fill(row, output, worker);
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _slot = run.NewSlot();
        _inner.Open(run);
        Labels = _inner.Labels;
    }
}
