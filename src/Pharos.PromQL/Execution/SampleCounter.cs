using System.Diagnostics;
using Pharos.Core.Samples;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>
/// Counts the samples of a query as upstream's statistics do, in a walk of its own over the plan: evaluation reads equal selectors once and skips what it can, so that it could not
/// say. Reads the series again, and evaluates the operands of subqueries again. Series that <c>info</c> looks up are not counted.
/// </summary>
internal sealed class SampleCounter
{
    private readonly QueryRun _run;
    private readonly int _weightsSlot;
    private readonly int _samplesSlot;
    private readonly Dictionary<PlanNode, StepCounts> _known = new(ReferenceEqualityComparer.Instance);

    /// <param name="run">One of its own.</param>
    public SampleCounter(QueryRun run)
    {
        _run = run;
        _weightsSlot = run.NewSlot();
        _samplesSlot = run.NewSlot();
    }

    private delegate void RowCounter(int row, Worker worker, StepCounts counts);

    /// <summary>Counts over the steps of the root of a plan.</summary>
    public QueryableSamples CountQuery(PlanNode plan)
    {
        StepCounts counts = plan switch
        {
            SubqueryPlan subquery => CountAtEnd(subquery),
            RawRangePlan range => CountSamples(range),
            _ => Count(plan),
        };
        return new QueryableSamples(counts.Total, counts.Read, plan.Grid.Start, plan.Grid.Step);
    }

    private StepCounts Count(PlanNode plan)
    {
        if (!_known.TryGetValue(plan, out StepCounts? counts))
        {
            counts = plan switch
            {
                SelectorPlan selector => CountSelector(selector),
                RangeCallPlan call => CountRange(call),
                InvariantPlan invariant => CountInvariant(invariant),
                _ => CountAll(plan, Operands(plan)),
            };
            _known.Add(plan, counts);
        }

        return counts;
    }

    private static IReadOnlyList<PlanNode> Operands(PlanNode plan) => plan switch
    {
        NumberPlan or StringPlan => [],
        CallPlan call => call.Arguments,
        ScalarCallPlan call => call.Arguments,
        InfoPlan info => [info.Inner],
        VectorScalarPlan binary => [binary.Vector, binary.Scalar],
        ScalarBinaryPlan binary => [binary.Left, binary.Right],
        VectorBinaryPlan binary => [binary.Left, binary.Right],
        AggregatePlan { Parameter: { } parameter } aggregate => [aggregate.Inner, parameter],
        AggregatePlan aggregate => [aggregate.Inner],
        _ => throw new UnreachableException($"plan {plan.GetType()}"),
    };

    private StepCounts CountAll(PlanNode plan, IReadOnlyList<PlanNode> operands)
    {
        var counts = new StepCounts(plan.Grid.Count);
        foreach (PlanNode operand in operands)
        {
            counts.Add(Count(operand));
        }

        return counts;
    }

    private StepCounts CountInvariant(InvariantPlan plan)
    {
        var counts = new StepCounts(plan.Grid.Count);
        counts.AddOnce(Count(plan.Inner));
        return counts;
    }

    // What a subquery by itself looks at counts for the last step.
    private StepCounts CountAtEnd(SubqueryPlan plan)
    {
        var counts = new StepCounts(plan.Grid.Count);
        StepCounts inner = Count(plan.Inner);
        if (counts.Total.Length > 0)
        {
            counts.Total[^1] = inner.Total.Sum();
            counts.Read[^1] = inner.Read.Sum();
        }

        return counts;
    }

    private StepCounts CountSelector(SelectorPlan plan)
    {
        // Upstream does not count where it interpolates.
        if (plan.Grid.Count == 0 || (plan.IsSmoothed && plan.Field == SampleField.Value))
        {
            return new StepCounts(plan.Grid.Count);
        }

        long lookback = _run.LookbackDelta;
        Scan scan = _run.Select(plan.Matchers, StepTimes.Earlier(plan.Times.Start, lookback - 1), plan.Times.End);
        bool weighs = plan.Field == SampleField.Value;
        int boundsSlot = _run.NewSlot();
        return CountRows(plan.Grid.Count, scan.Set.Count, (row, worker, counts) =>
        {
            SampleBuffer samples = scan.Read(row, worker).All;
            SampleWeights weights = WeightsOf(samples, worker);
            WindowBounds bounds = worker.Get(boundsSlot, plan.Grid.Count, static steps => new WindowBounds(steps));
            bounds.Update(samples.Timestamps, plan.Times, lookback);
            for (int s = 0; s < counts.Total.Length; s++)
            {
                int end = bounds.End[s];
                if (end > bounds.First[s] && !Staleness.IsMarker(samples.Values[end - 1]))
                {
                    long size = weighs ? weights.Between(end - 1, end) : 1;
                    counts.Total[s] += size;
                    counts.Read[s] += size;
                }
            }
        });
    }

    private StepCounts CountRange(RangeCallPlan plan)
    {
        var counts = new StepCounts(plan.Grid.Count);
        foreach (PlanNode argument in plan.Arguments)
        {
            counts.Add(Count(argument));
        }

        if (plan.Grid.Count > 0)
        {
            counts.Add(plan.Source is SubqueryPlan subquery ? CountSubquery(subquery) : CountWindows((RawRangePlan)plan.Source));
        }

        return counts;
    }

    private StepCounts CountWindows(RawRangePlan plan)
    {
        Scan scan = RangeRows.SelectSamples(_run, plan)!;
        (StepTimes times, long range) = RangeRows.Windows(plan, _run.LookbackDelta);
        int boundsSlot = _run.NewSlot();
        return CountRows(plan.Grid.Count, scan.Set.Count, (row, worker, counts) =>
        {
            WindowBounds bounds = worker.Get(boundsSlot, plan.Grid.Count, static steps => new WindowBounds(steps));
            CountWindows(scan.Read(row, worker).Clean, times, range, bounds, worker, counts, reads: true);
        });
    }

    private void CountWindows(SampleBuffer samples, StepTimes times, long range, WindowBounds bounds, Worker worker, StepCounts counts, bool reads)
    {
        SampleWeights weights = WeightsOf(samples, worker);
        bounds.Update(samples.Timestamps, times, range);
        for (int s = 0; s < counts.Total.Length; s++)
        {
            (int first, int end) = (bounds.First[s], bounds.End[s]);
            counts.Total[s] += weights.Between(first, end);
            if (reads)
            {
                // Behind the first step only what the step before did not have is new; a window that stays where it is, is read once.
                int read = s == 0 ? first : Math.Min(end, Math.Max(first, bounds.End[s - 1]));
                counts.Read[s] += weights.Between(read, end);
            }
        }
    }

    // The samples of a range selector by itself, at one time.
    private StepCounts CountSamples(RawRangePlan plan)
    {
        var counts = new StepCounts(plan.Grid.Count);
        foreach (ResultRow row in Evaluation.Samples(_run, plan))
        {
            long size = SampleWeights.Of(row);
            counts.Total[0] += size;
            counts.Read[0] += size;
        }

        return counts;
    }

    // The points of the operand that lie in the windows, and what it took to compute those that lie in any.
    private StepCounts CountSubquery(SubqueryPlan plan)
    {
        var counts = new StepCounts(plan.Grid.Count);
        RowSource inner = _run.Build(plan.Inner);
        inner.Open(_run);
        var bounds = new WindowBounds(plan.Grid.Count);
        Rows.ForEach(_run, inner, (_, table, i) => _run.Parallelize(1, (_, worker) =>
        {
            SampleBuffer samples = worker.Get(_samplesSlot, 0, static _ => new SampleBuffer());
            SubqueryRows.ToSamples(table[i], inner.Grid, samples);
            CountWindows(samples, plan.Times, plan.Range, bounds, worker, counts, reads: false);
        }));
        AddReads(counts.Read, plan, Count(plan.Inner).Read);
        return counts;
    }

    // A step of the operand belongs to the first step of the query whose window can have it; to none where it lies between windows.
    private static void AddReads(long[] read, SubqueryPlan plan, long[] inner)
    {
        StepTimes times = plan.Times;
        for (int k = 0; k < inner.Length; k++)
        {
            long time = plan.Inner.Grid.At(k);
            int step = 0;
            if (read.Length > 1 && times.Step > 0)
            {
                step = time > times.Start ? (int)Math.Min(read.Length - 1, (time - times.Start + times.Step - 1) / times.Step) : 0;
                if (time <= times.At(step) - plan.Range)
                {
                    continue;
                }
            }

            read[step] += inner[k];
        }
    }

    private SampleWeights WeightsOf(SampleBuffer samples, Worker worker)
    {
        SampleWeights weights = worker.Get(_weightsSlot, 0, static _ => new SampleWeights());
        weights.Update(samples);
        return weights;
    }

    private StepCounts CountRows(int steps, int rows, RowCounter count)
    {
        var counts = new StepCounts(steps);
        int partitions = QueryRun.PartitionsFor(rows, steps);
        var parts = new StepCounts[partitions];
        _run.Parallelize(partitions, (partition, worker) =>
        {
            var part = new StepCounts(steps);
            (int from, int to) = QueryRun.Bounds(rows, partitions, partition);
            for (int row = from; row < to; row++)
            {
                count(row, worker, part);
            }

            parts[partition] = part;
        });
        foreach (StepCounts part in parts)
        {
            counts.Add(part);
        }

        return counts;
    }
}
