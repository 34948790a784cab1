using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>An operator of an explained query: hands on the rows of another one and counts them. A query that is not explained has none of these.</summary>
internal sealed class MeasuredRows : RowSource
{
    private readonly RowSource _inner;
    private readonly NodeMeasure _measure;
    private readonly QueryTrace _trace;

    public MeasuredRows(RowSource inner, NodeMeasure measure, QueryTrace trace)
        : base(inner.Grid)
    {
        _inner = inner;
        _measure = measure;
        _trace = trace;
    }

    public override RowTable? Table => _inner.Table;

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        NodeClock clock = worker.Clock!;
        int before = clock.Enter(_measure.Slot, worker.SamplesRead);
        try
        {
            _inner.Fill(row, output, worker);
        }
        catch (QueryException)
        {
            _trace.Fails(_measure);
            throw;
        }

        clock.Leave(before, worker.SamplesRead);
        _measure.Saw(row, output, clock);
    }

    protected override void OnOpen(QueryRun run)
    {
        int before = _trace.Enter(_measure);
        try
        {
            _inner.Open(run);
        }
        catch (QueryException)
        {
            _trace.Fails(_measure);
            throw;
        }

        Labels = _inner.Labels;
        HasHistograms = _inner.HasHistograms;
        _measure.Opened(_inner);
        _trace.Leave(before);
    }
}
