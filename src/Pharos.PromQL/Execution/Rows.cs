using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>What operators do with the rows of their operands.</summary>
internal static class Rows
{
    /// <summary>All rows of an open source, filled in parallel. Points stay charged until the caller resets the budget.</summary>
    public static RowTable Materialize(QueryRun run, RowSource source)
    {
        if (source.Table is { } known)
        {
            return known;
        }

        run.Budget.HoldTable(source.Count, source.Steps);
        var table = new RowTable(source.Count, source.Steps, source.HasHistograms);
        int partitions = QueryRun.PartitionsFor(source.Count, source.Steps, source.HasHistograms);
        run.Parallelize(partitions, (partition, worker) =>
        {
            (int from, int to) = QueryRun.Bounds(source.Count, partitions, partition);
            for (int row = from; row < to; row++)
            {
                RowSpan output = table[row];
                source.Fill(row, output, worker);
                worker.Charge(output.CountSamples());
            }
        });
        return table;
    }

    /// <summary>Fills all rows but these for the sake of their annotations, if any may have some.</summary>
    public static void FillOthers(QueryRun run, RowSource source, ReadOnlySpan<int> filled)
    {
        if (!run.NeedsEveryRow || source.Table is not null)
        {
            return;
        }

        bool[] isFilled = new bool[source.Count];
        foreach (int row in filled)
        {
            isFilled[row] = true;
        }

        int slot = run.NewSlot();
        run.Parallelize(1, (_, worker) =>
        {
            for (int row = 0; row < isFilled.Length; row++)
            {
                if (!isFilled[row])
                {
                    worker.Charge(0);
                    source.Fill(row, worker.Row(slot, source), worker);
                }
            }
        });
    }

    /// <summary>Gives every row of an open source once, in order, to a consumer on one thread; rows are made in parallel, a batch at a time.</summary>
    public static void ForEach(QueryRun run, RowSource source, Action<int, RowTable, int> consume)
    {
        const long BatchCells = 1 << 19;
        const long BatchCellsOfHistograms = 1 << 14;
        long cells = source.HasHistograms ? BatchCellsOfHistograms : BatchCells;
        int batch = (int)Math.Clamp(cells / Math.Max(1, source.Steps), 1, Math.Max(1, source.Count));
        var table = new RowTable(batch, source.Steps, source.HasHistograms);
        for (int begin = 0; begin < source.Count; begin += batch)
        {
            int first = begin;
            int count = Math.Min(batch, source.Count - begin);
            int partitions = QueryRun.PartitionsFor(count, source.Steps, source.HasHistograms);
            run.Parallelize(partitions, (partition, worker) =>
            {
                (int from, int to) = QueryRun.Bounds(count, partitions, partition);
                for (int i = from; i < to; i++)
                {
                    source.Fill(first + i, table[i], worker);
                    worker.Charge(table[i].CountSamples());
                }
            });
            for (int i = 0; i < count; i++)
            {
                run.Pace.Spend(4L * source.Steps);
                consume(first + i, table, i);
            }
        }
    }
}
