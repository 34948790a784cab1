using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>An operator between every series and a number.</summary>
internal sealed class VectorScalarRows : RowSource
{
    private readonly VectorScalarPlan _plan;
    private readonly RowSource _inner;
    private double[] _scalar = [];

    public VectorScalarRows(VectorScalarPlan plan, RowSource inner)
        : base(plan.Grid)
    {
        _plan = plan;
        _inner = inner;
    }

    private bool IsFilter => BinaryArithmetic.IsComparison(_plan.Op) && !_plan.ReturnBool;

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        _inner.Fill(row, output, worker);
        if (BinaryArithmetic.IsComparison(_plan.Op))
        {
            // A filter keeps the series' value, on whichever side it stands.
            if (_plan.IsScalarLeft)
            {
                BinaryArithmetic.Compare(_plan.Op, _scalar, output.Values, _plan.ReturnBool, output);
            }
            else
            {
                BinaryArithmetic.Compare(_plan.Op, output.Values, _scalar, _plan.ReturnBool, output);
            }
        }
        else if (_plan.IsScalarLeft)
        {
            BinaryArithmetic.Compute(_plan.Op, _scalar, output.Values, output.Values);
        }
        else
        {
            BinaryArithmetic.Compute(_plan.Op, output.Values, _scalar, output.Values);
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _inner.Open(run);
        _scalar = Scalars.Evaluate(run, _plan.Scalar);
        Labels = IsFilter ? _inner.Labels : Naming.Drop(run, _inner.Labels);
    }
}
