using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>A function of each value by itself.</summary>
internal sealed class ElementwiseRows : RowSource
{
    private readonly RowSource _inner;
    private readonly Func<QueryRun, Func<double, int, double>> _bind;
    private Func<double, int, double> _function = static (value, _) => value;

    /// <summary>The function is made when the operator opens: it may have arguments that must be evaluated. NaN of a step argument is up to it.</summary>
    public ElementwiseRows(RowSource inner, Func<QueryRun, Func<double, int, double>> bind)
        : base(inner.Grid)
    {
        _inner = inner;
        _bind = bind;
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        _inner.Fill(row, output, worker);
        for (int s = 0; s < output.Steps; s++)
        {
            if (output.Has(s))
            {
                output.Values[s] = _function(output.Values[s], s);
            }
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _inner.Open(run);
        _function = _bind(run);
        Labels = Naming.Drop(run, _inner.Labels);
    }
}
