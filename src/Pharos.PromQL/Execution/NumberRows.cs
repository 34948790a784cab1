using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>Rows of numbers alone, for operators that know nothing else: values that are histograms are left out. Costs nothing where there are none.</summary>
internal sealed class NumberRows : RowSource
{
    private readonly RowSource _inner;
    private readonly Action<QueryRun>? _onIgnored;
    private QueryRun? _run;
    private int _slot;

    /// <summary>Leaves out histograms; <paramref name="onIgnored"/> is called, from any thread and more than once, when there was one.</summary>
    public NumberRows(RowSource inner, Action<QueryRun>? onIgnored = null)
        : base(inner.Grid)
    {
        _inner = inner;
        _onIgnored = onIgnored;
    }

    public override RowTable? Table => _inner.HasHistograms ? null : _inner.Table;

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        if (!_inner.HasHistograms)
        {
            _inner.Fill(row, output, worker);
            return;
        }

        RowSpan scratch = worker.Row(_slot, _inner);
        _inner.Fill(row, scratch, worker);
        if (scratch.RemoveHistograms())
        {
            _onIgnored?.Invoke(_run!);
        }

        scratch.CopyTo(output);
    }

    protected override void OnOpen(QueryRun run)
    {
        _run = run;
        _slot = run.NewSlot();
        _inner.Open(run);
        Labels = _inner.Labels;
        if (_onIgnored is not null && _inner.HasHistograms)
        {
            run.NeedEveryRow();
        }
    }
}
