using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>The <c>quantile</c> aggregation: a group's rows are filled together and each step's values sorted.</summary>
internal sealed class QuantileRows : RowSource
{
    private readonly AggregatePlan _plan;
    private readonly RowSource _inner;
    private double[] _quantiles = [];
    private int[][] _members = [];
    private int _slot;

    public QuantileRows(AggregatePlan plan, RowSource inner)
        : base(plan.Grid)
    {
        _plan = plan;
        _inner = inner;
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        int[] members = _members[row];
        var rows = new RowTable(members.Length, Steps);
        for (int i = 0; i < members.Length; i++)
        {
            _inner.Fill(members[i], rows[i], worker);
            worker.Charge(rows[i].CountSamples());
        }

        output.Clear();
        double[] scratch = worker.Get(_slot, _members, static members => new double[members.Max(static m => m.Length)]);
        for (int s = 0; s < Steps; s++)
        {
            worker.Pace.Spend(8L * members.Length);
            int count = 0;
            for (int i = 0; i < members.Length; i++)
            {
                RowSpan member = rows[i];
                if (member.Has(s))
                {
                    scratch[count++] = member.Values[s];
                }
            }

            if (count > 0)
            {
                output.Set(s, Quantiles.Of(_quantiles[s], scratch.AsSpan(0, count)));
            }
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _slot = run.NewSlot();
        _quantiles = Scalars.Evaluate(run, _plan.Parameter!);
        _inner.Open(run);
        Grouping grouping = Grouping.Of(_plan, _inner.Labels);
        _members = grouping.Groups.Members();
        Labels = grouping.Labels;
        run.Budget.CheckCells(_members.Length == 0 ? 0 : _members.Max(static m => m.Length), Steps);
        WarnAboutQuantiles(run);
    }

    // Upstream names the worst on either side, and NaN.
    private void WarnAboutQuantiles(QueryRun run)
    {
        ReadOnlySpan<double> values = _quantiles.AsSpan(0, Steps);
        double least = 0;
        double greatest = 1;
        bool hasNaN = false;
        foreach (double q in values)
        {
            hasNaN |= double.IsNaN(q);
            least = q < least ? q : least;
            greatest = q > greatest ? q : greatest;
        }

        foreach ((bool applies, double q) in new[] { (hasNaN, double.NaN), (greatest > 1, greatest), (least < 0, least) })
        {
            if (applies)
            {
                run.Annotations.Add(
                    isWarning: true, $"quantile value should be between 0 and 1, got {AnnotationText.Number(q)}", _plan.ParameterPosition);
            }
        }
    }
}
