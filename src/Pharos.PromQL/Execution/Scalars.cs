using System.Diagnostics;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>Evaluates expressions that are one number a step.</summary>
internal static class Scalars
{
    /// <summary>The value of each step, padded to whole vectors.</summary>
    public static double[] Evaluate(QueryRun run, PlanNode plan)
    {
        if (run.Trace is not { } trace)
        {
            return Compute(run, plan);
        }

        int before = trace.Enter(plan);
        double[] values = Compute(run, plan);
        trace.Leave(before);
        return values;
    }

    private static double[] Compute(QueryRun run, PlanNode plan)
    {
        // Levels above hold theirs meanwhile.
        int steps = plan.Grid.Count;
        run.Budget.HoldTable(1, steps);
        run.Pace.Spend(steps);
        double[] values = new double[RowSpan.Padded(steps)];
        switch (plan)
        {
            case NumberPlan number:
                Array.Fill(values, number.Value);
                break;
            case InvariantPlan invariant:
                Array.Fill(values, Evaluate(run, invariant.Inner)[0]);
                break;
            case ScalarBinaryPlan binary:
                Combine(binary.Op, Evaluate(run, binary.Left), Evaluate(run, binary.Right), values);
                break;
            case ScalarCallPlan call:
                Call(run, call, values);
                break;
            default:
                throw new UnreachableException($"scalar {plan.GetType()}");
        }

        return values;
    }

    private static void Combine(Arithmetic op, double[] left, double[] right, double[] result)
    {
        if (!BinaryArithmetic.IsComparison(op))
        {
            BinaryArithmetic.Compute(op, left, right, result);
            return;
        }

        for (int s = 0; s < result.Length; s++)
        {
            result[s] = BinaryArithmetic.Test(op, left[s], right[s]) ? 1 : 0;
        }
    }

    private static void Call(QueryRun run, ScalarCallPlan call, double[] values)
    {
        switch (call.Function)
        {
            case "time":
                for (int s = 0; s < call.Grid.Count; s++)
                {
                    values[s] = call.Grid.At(s) / 1000.0;
                }

                break;
            case "min_of" or "max_of":
                double[] left = Evaluate(run, call.Arguments[0]);
                double[] right = Evaluate(run, call.Arguments[1]);
                for (int s = 0; s < values.Length; s++)
                {
                    values[s] = call.Function == "min_of" ? Elementwise.Min(left[s], right[s]) : Elementwise.Max(left[s], right[s]);
                }

                break;
            case "scalar":
                OnlyValue(run, new NumberRows(run.Build(call.Arguments[0])), values);
                break;
            default:
                throw QueryException.NotYetSupported($"function {call.Function}");
        }
    }

    // The value of the only series at a step; NaN where there is none or more than one.
    private static void OnlyValue(QueryRun run, RowSource source, double[] values)
    {
        long held = run.Budget.Current;
        source.Open(run);
        Array.Fill(values, double.NaN);
        int[] counts = new int[values.Length];
        Rows.ForEach(run, source, (_, table, at) =>
        {
            RowSpan row = table[at];
            for (int s = 0; s < row.Steps; s++)
            {
                if (row.Has(s))
                {
                    values[s] = ++counts[s] == 1 ? row.Values[s] : double.NaN;
                }
            }
        });
        run.Budget.Reset(held);
    }
}
