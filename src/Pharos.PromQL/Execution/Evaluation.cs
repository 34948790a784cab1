using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>Turns the root of a plan into a result.</summary>
internal static class Evaluation
{
    /// <summary>The rows of a vector. Empty rows are left out.</summary>
    public static List<ResultRow> Vector(QueryRun run, PlanNode plan)
    {
        RowSource root = run.Build(plan);
        if (run.DelaysNames)
        {
            root = new MergedRows(new SettledRows(root), isStrict: false);
        }

        root.Open(run);
        RowTable table = Rows.Materialize(run, root);
        var rows = new List<ResultRow>();
        for (int row = 0; row < table.Rows; row++)
        {
            if (!table[row].IsEmpty)
            {
                run.Pace.Spend(Worker.LabelsWork);
                rows.Add(new ResultRow(root.Labels.Get(row), table.ValueMemory(row), table.PresenceMemory(row), table.HistogramMemory(row)));
            }
        }

        return rows;
    }

    /// <summary>A scalar as one row without labels.</summary>
    public static List<ResultRow> Scalar(QueryRun run, PlanNode plan)
    {
        int steps = plan.Grid.Count;
        if (steps == 0)
        {
            return [];
        }

        run.Budget.Charge(steps);
        ulong[] present = new ulong[RowSpan.Words(steps)];
        RowSpan.SetAll(present, steps);
        return [new ResultRow(Labels.Empty, Scalars.Evaluate(run, plan).AsMemory(0, steps), present)];
    }

    /// <summary>The samples of a range selector at one time.</summary>
    public static List<ResultRow> Samples(QueryRun run, RawRangePlan plan)
    {
        run.Trace?.Enter(plan);
        Scan? scan = RangeRows.SelectSamples(run, plan);
        var rows = new List<ResultRow>();
        run.Parallelize(1, (_, worker) =>
        {
            for (int row = 0; row < (scan?.Set.Count ?? 0); row++)
            {
                SampleBuffer samples = scan!.Read(row, worker).Clean;
                ReadOnlySpan<long> timestamps = samples.Timestamps;
                ReadOnlySpan<double> values = samples.Values;
                if (plan.IsAnchored || plan.IsSmoothed)
                {
                    if (samples.HasHistograms)
                    {
                        throw QueryException.Execution($"{(plan.IsAnchored ? "anchored" : "smoothed")} modifier is not supported with histograms");
                    }

                    (timestamps, values) = Extend(plan, timestamps, values);
                }

                worker.Charge(timestamps.Length);
                worker.Pace.Spend(Worker.LabelsWork);
                if (!timestamps.IsEmpty)
                {
                    rows.Add(new ResultRow(scan.Labels.Get(row), values.ToArray(), timestamps.ToArray(), samples.Histograms.ToArray()));
                }
            }
        });
        return rows;
    }

    private static (long[] Timestamps, double[] Values) Extend(RawRangePlan plan, ReadOnlySpan<long> timestamps, ReadOnlySpan<double> values)
    {
        var times = new List<long>();
        var extended = new List<double>();
        long end = plan.Times.Start;
        Interpolation.Extend(timestamps, values, StepTimes.Earlier(end, plan.Range), end, plan.IsSmoothed, times, extended);
        return ([.. times], [.. extended]);
    }
}
