using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary><c>limit_ratio</c>: a share of the series, chosen by the hash of their labels and so always the same.</summary>
internal sealed class LimitRatioRows : RowSource
{
    private readonly AggregatePlan _plan;
    private readonly RowSource _inner;
    private double[] _ratios = [];
    private double[] _places = [];

    public LimitRatioRows(AggregatePlan plan, RowSource inner)
        : base(plan.Grid)
    {
        _plan = plan;
        _inner = inner;
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        _inner.Fill(row, output, worker);
        for (int s = 0; s < Steps; s++)
        {
            if (_ratios[s] == 0 || !RatioSample.Takes(_ratios[s], _places[row]))
            {
                output.Unset(s);
            }
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        // Of two that cannot be evaluated upstream names the parameter.
        _ratios = Scalars.Evaluate(run, _plan.Parameter!);
        _inner.Open(run);
        HasHistograms = _inner.HasHistograms;
        Check(run);
        _places = new double[_inner.Count];
        for (int row = 0; row < _places.Length; row++)
        {
            run.Pace.Spend(Worker.LabelsWork);
            _places[row] = RatioSample.PlaceOf(_inner.Labels.Get(row));
        }

        Labels = _inner.Labels;
    }

    private void Check(QueryRun run)
    {
        Span<double> ratios = _ratios.AsSpan(0, Steps);
        double least = 0;
        double greatest = 0;
        foreach (ref double ratio in ratios)
        {
            if (double.IsNaN(ratio))
            {
                throw QueryException.Execution("Ratio value is NaN");
            }

            least = Math.Min(least, ratio);
            greatest = Math.Max(greatest, ratio);
            ratio = Math.Clamp(ratio, -1, 1);
        }

        foreach ((bool applies, double ratio, string cap) in new[] { (greatest > 1, greatest, "1"), (least < -1, least, "-1") })
        {
            if (applies)
            {
                run.Annotations.Add(
                    isWarning: true,
                    $"ratio value should be between -1 and 1, got {AnnotationText.Number(ratio)}, capping to {cap}",
                    _plan.ParameterPosition);
            }
        }
    }
}
