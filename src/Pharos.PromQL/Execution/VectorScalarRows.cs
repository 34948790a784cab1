using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>An operator between every series and a number.</summary>
internal sealed class VectorScalarRows : RowSource
{
    private readonly VectorScalarPlan _plan;
    private readonly RowSource _inner;
    private readonly Arithmetic _op;
    private double[] _scalar = [];
    private OperatorNotices? _notices;
    private int _slot;

    public VectorScalarRows(VectorScalarPlan plan, RowSource inner)
        : base(plan.Grid)
    {
        _plan = plan;
        _inner = inner;
        _op = plan.Op.ToArithmetic();
    }

    private bool IsComparison => BinaryArithmetic.IsComparison(_op);

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        if (_notices is not null)
        {
            FillMixed(row, output, worker, _notices);
            return;
        }

        _inner.Fill(row, output, worker);
        if (IsComparison)
        {
            // A filter keeps the series' value, on whichever side it stands.
            if (_plan.IsScalarLeft)
            {
                BinaryArithmetic.Compare(_op, _scalar, output.Values, _plan.ReturnBool, output);
            }
            else
            {
                BinaryArithmetic.Compare(_op, output.Values, _scalar, _plan.ReturnBool, output);
            }
        }
        else if (_plan.IsScalarLeft)
        {
            BinaryArithmetic.Compute(_op, _scalar, output.Values, output.Values);
        }
        else
        {
            BinaryArithmetic.Compute(_op, output.Values, _scalar, output.Values);
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _inner.Open(run);
        _scalar = Scalars.Evaluate(run, _plan.Scalar);
        Labels = (IsComparison && !_plan.ReturnBool) || BinaryArithmetic.IsTrim(_op) ? _inner.Labels : Naming.Drop(run, _inner.Labels);
        if (_inner.HasHistograms || BinaryArithmetic.IsTrim(_op))
        {
            run.NeedEveryRow();
            _notices = new OperatorNotices(run, _plan.Op, _plan.Position);
            _slot = run.NewSlot();
            HasHistograms = _inner.HasHistograms && SampleArithmetic.GivesHistograms(_op, !_plan.IsScalarLeft, _plan.IsScalarLeft);
        }
    }

    private void FillMixed(int row, RowSpan output, Worker worker, OperatorNotices notices)
    {
        RowSpan input = worker.Row(_slot, _inner);
        _inner.Fill(row, input, worker);
        output.Clear();
        for (int s = 0; s < Steps; s++)
        {
            if (!input.Has(s))
            {
                continue;
            }

            SampleValue vector = input.ValueAt(s);
            SampleValue left = _plan.IsScalarLeft ? new SampleValue(_scalar[s]) : vector;
            SampleValue right = _plan.IsScalarLeft ? vector : new SampleValue(_scalar[s]);
            PairResult result = _plan.IsNegation && vector.Histogram is { } histogram
                ? new PairResult(new SampleValue(0, histogram.Multiply(-1)), Holds: true)
                : SampleArithmetic.Apply(_op, left, right);
            notices.Report(s, row, result.Notices, left, right);
            if (result.IsRefused)
            {
                continue;
            }

            if (_plan.ReturnBool)
            {
                output.Set(s, result.Holds ? 1 : 0);
            }
            else if (result.Holds)
            {
                output.Set(s, IsComparison ? vector : result.Value);
            }
        }
    }
}
