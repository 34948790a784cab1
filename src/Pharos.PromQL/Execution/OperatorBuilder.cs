using System.Diagnostics;
using Pharos.Core.Histograms;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>Makes the operators of a plan, one a node: what two nodes have as operand is computed once.</summary>
internal sealed class OperatorBuilder(QueryTrace? trace)
{
    private readonly Dictionary<PlanNode, RowSource> _sources = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, FoldPass> _passes = new(StringComparer.Ordinal);

    /// <summary>The operator of a node that answers a vector.</summary>
    public RowSource Build(PlanNode plan)
    {
        if (!_sources.TryGetValue(plan, out RowSource? source))
        {
            RowSource operation = Create(plan);

            // Folds take rows as they come; anybody else who shares rows needs them kept.
            source = plan.Uses > 1 && plan.FoldUses < plan.Uses ? new SharedRows(operation) : operation;
            source = trace?.Measure(plan, source, operation) ?? source;
            _sources.Add(plan, source);
        }

        return source;
    }

    private RowSource Create(PlanNode plan) => plan switch
    {
        SelectorPlan { IsSmoothed: true, Field: SampleField.Value } selector => new SmoothedSelectorRows(selector),
        SelectorPlan { Field: SampleField.Value } selector => new SelectorRows(selector),
        SelectorPlan selector => Merged(new SelectorRows(selector)),
        InvariantPlan invariant => new InvariantRows(invariant, Build(invariant.Inner)),
        RangeCallPlan call => CreateRange(call),
        InfoPlan info => new InfoRows(info, Build(info.Inner)),
        CallPlan call => CreateCall(call),
        VectorScalarPlan binary => Merged(new VectorScalarRows(binary, Build(binary.Vector))),
        VectorBinaryPlan { Op: BinaryOp.And or BinaryOp.Unless } set => new SetRows(set, Build(set.Left), Build(set.Right)),
        VectorBinaryPlan { Op: BinaryOp.Or } set => Merged(new SetRows(set, Build(set.Left), Build(set.Right))),
        VectorBinaryPlan binary => new MatchedRows(binary, Build(binary.Left), Build(binary.Right)),
        AggregatePlan aggregate => CreateAggregate(aggregate),
        _ => throw new UnreachableException($"plan {plan.GetType()}"),
    };

    private static MergedRows Merged(RowSource source) => new(source, isStrict: false);

    private RowSource CreateRange(RangeCallPlan call)
    {
        RowSource rows = call.Source is SubqueryPlan subquery ? new SubqueryRows(call, Build(subquery.Inner)) : new RangeRows(call);
        if (call.Function == "absent_over_time")
        {
            return new AbsentRows(call, rows, call.Source is RawRangePlan raw ? raw.Matchers : [], dropsName: true);
        }

        return new MergedRows(rows, isStrict: true);
    }

    private RowSource CreateAggregate(AggregatePlan plan)
    {
        RowSource inner = Build(plan.Inner);
        if (plan.IsFold)
        {
            return new FoldRows(plan, inner, PassFor(plan.Inner));
        }

        return plan.Op switch
        {
            AggregateOp.Quantile => new QuantileRows(plan, Numbers(plan, inner)),
            AggregateOp.TopK or AggregateOp.BottomK => new TopKRows(plan, inner),
            AggregateOp.LimitK => new LimitKRows(plan, inner),
            AggregateOp.LimitRatio => new LimitRatioRows(plan, inner),
            AggregateOp.CountValues => new CountValuesRows(plan, inner),
            _ => throw new UnreachableException($"aggregation {plan.Op}"),
        };
    }

    private static NumberRows Numbers(AggregatePlan plan, RowSource inner) => new(inner, run => run.Annotations.Add(
        isWarning: false, $"ignored histogram in {plan.Op.Text()} aggregation", plan.InnerPosition));

    private FoldPass PassFor(PlanNode inner)
    {
        if (inner.ScanKey is not { } key)
        {
            return new FoldPass();
        }

        if (!_passes.TryGetValue(key, out FoldPass? pass))
        {
            pass = new FoldPass();
            _passes.Add(key, pass);
        }

        return pass;
    }

    private RowSource CreateCall(CallPlan call)
    {
        switch (call.Function)
        {
            case "vector":
                return new ScalarVectorRows(call, run => Scalars.Evaluate(run, call.Arguments[0]));
            case "absent":
                return new AbsentRows(call, Build(call.Arguments[0]), AbsentRows.MatchersOf(call.Written[0]), dropsName: false);
            case "sort" or "sort_desc":
                return new SortedRows(call, new NumberRows(Build(call.Arguments[0])));
            case "sort_by_label" or "sort_by_label_desc":
                return new SortedRows(call, Build(call.Arguments[0]));
            case "label_replace":
                return Merged(Relabelling.Replace(call, Build(call.Arguments[0])));
            case "label_join":
                return Merged(Relabelling.Join(call, Build(call.Arguments[0])));
            case "histogram_quantile":
                return CreateHistogram(call, 1, 0..1, null);
            case "histogram_fraction":
                return CreateHistogram(call, 2, 0..2, null);
            case "histogram_quantiles":
                return CreateHistogram(call, 0, 2.., ((StringPlan)call.Arguments[1]).Value);
            case "histogram_count" or "histogram_sum" or "histogram_avg" or "histogram_stddev" or "histogram_stdvar":
                return Merged(new HistogramStatisticRows(Build(call.Arguments[0]), StatisticOf(call.Function)));
            case "timestamp":
                return Merged(new ElementwiseRows(new PresenceRows(Build(call.Arguments[0])), _ => (_, s) => call.Grid.At(s) / 1000.0));
            case "start_timestamp":
                return new EmptyRows(call, Build(call.Arguments[0]));
            case "clamp" or "clamp_min" or "clamp_max" or "round":
                return CreateLimited(call);
            default:
                return CreateElementwise(call);
        }
    }

    private static Func<FloatHistogram, double> StatisticOf(string function) => function switch
    {
        "histogram_count" => static h => h.Count,
        "histogram_sum" => static h => h.Sum,
        "histogram_avg" => NativeHistogramMoments.Mean,
        "histogram_stddev" => NativeHistogramMoments.StandardDeviation,
        _ => NativeHistogramMoments.Variance,
    };

    private MergedRows CreateHistogram(CallPlan call, int vector, Range arguments, string? label) =>
        Merged(new HistogramRows(call, Build(call.Arguments[vector]), new HistogramFunction(call, vector, arguments), label));

    private RowSource CreateElementwise(CallPlan call)
    {
        Func<double, double> function = Elementwise.Find(call.Function) ?? throw QueryException.NotYetSupported($"function {call.Function}");
        if (call.Arguments.Count > 0)
        {
            return Merged(new ElementwiseRows(new NumberRows(Build(call.Arguments[0])), _ => (value, _) => function(value)));
        }

        return new ScalarVectorRows(call, _ =>
        {
            double[] values = new double[RowSpan.Padded(call.Grid.Count)];
            for (int s = 0; s < call.Grid.Count; s++)
            {
                values[s] = function(call.Grid.At(s) / 1000);
            }

            return values;
        });
    }

    private MergedRows CreateLimited(CallPlan call)
    {
        RowSource inner = new NumberRows(Build(call.Arguments[0]));
        if (call.Function == "clamp")
        {
            inner = new MaskedRows(inner, run => WhereLimitsFit(Scalars.Evaluate(run, call.Arguments[1]), Scalars.Evaluate(run, call.Arguments[2]), call.Grid.Count));
        }

        return Merged(new ElementwiseRows(inner, run =>
        {
            double[] first = call.Arguments.Count > 1 ? Scalars.Evaluate(run, call.Arguments[1]) : [];
            double[] second = call.Arguments.Count > 2 ? Scalars.Evaluate(run, call.Arguments[2]) : [];
            return call.Function switch
            {
                "clamp" => (value, s) => Elementwise.Clamp(value, first[s], second[s]),
                "clamp_min" => (value, s) => Elementwise.Clamp(value, first[s], double.PositiveInfinity),
                "clamp_max" => (value, s) => Elementwise.Clamp(value, double.NegativeInfinity, first[s]),
                _ => (value, s) => Elementwise.Round(value, first.Length == 0 ? 1 : first[s]),
            };
        }));
    }

    private static ulong[] WhereLimitsFit(double[] min, double[] max, int steps)
    {
        ulong[] mask = new ulong[RowSpan.Words(steps)];
        for (int s = 0; s < steps; s++)
        {
            mask[s >> 6] |= (max[s] < min[s] ? 0UL : 1) << (s & 63);
        }

        return mask;
    }
}
