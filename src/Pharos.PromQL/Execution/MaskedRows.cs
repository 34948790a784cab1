using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>Rows without the values of some steps, the same steps in every row: what <c>clamp</c> gives where its limits cross.</summary>
internal sealed class MaskedRows : RowSource
{
    private readonly RowSource _inner;
    private readonly Func<QueryRun, ulong[]> _bind;
    private ulong[] _mask = [];

    public MaskedRows(RowSource inner, Func<QueryRun, ulong[]> bind)
        : base(inner.Grid)
    {
        _inner = inner;
        _bind = bind;
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        _inner.Fill(row, output, worker);
        for (int w = 0; w < _mask.Length; w++)
        {
            output.Present[w] &= _mask[w];
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _inner.Open(run);
        _mask = _bind(run);
        Labels = _inner.Labels;
        HasHistograms = _inner.HasHistograms;
    }
}
