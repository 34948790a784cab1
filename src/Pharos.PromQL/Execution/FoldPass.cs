using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>
/// One pass over the rows of one scan that serves every aggregation above it: a series is decoded once even if the query aggregates it several times.
/// Partitions fold into tables of their own, which are merged in order as they come; where these would be large, rows are partitioned by group and share one table.
/// </summary>
internal sealed class FoldPass
{
    // Tables of all partitions together: what stays in the second-level caches of the cores.
    private const long MaxPartialBytes = 32 << 20;

    private readonly List<FoldRows> _folds = [];
    private bool _isPreparing;

    /// <summary>The aggregations that are computed together.</summary>
    public IReadOnlyList<FoldRows> Folds => _folds;

    public void Add(FoldRows fold) => _folds.Add(fold);

    /// <summary>Computes the aggregation that asks and all others of the pass.</summary>
    public void Run(QueryRun run, FoldRows wanted)
    {
        if (wanted.Table is not null)
        {
            return;
        }

        if (_isPreparing)
        {
            // An operand of the pass depends on this aggregation, as in sum(a * scalar(sum(a))): it has to come first.
            wanted.Prepare(run);
            ComputeAll(run, [wanted]);
            return;
        }

        _isPreparing = true;
        for (int i = 0; i < _folds.Count; i++)
        {
            // Preparing one may add another to the pass, when it has an aggregation of the same series among its arguments.
            if (_folds[i].Table is null)
            {
                _folds[i].Prepare(run);
            }
        }

        _isPreparing = false;
        ComputeAll(run, [.. _folds.Where(static f => f.Table is null)]);
    }

    private static void ComputeAll(QueryRun run, FoldRows[] folds)
    {
        long held = run.Budget.Current;
        foreach (FoldRows fold in folds)
        {
            run.Budget.HoldTable(fold.GroupCount, fold.Steps);
        }

        // Operands over one scan have its rows, unless one of them had to join rows of equal labels.
        foreach (IGrouping<int, FoldRows> sameRows in folds.GroupBy(static f => f.Inner.Count).ToList())
        {
            Compute(run, [.. sameRows]);
        }

        run.Budget.Reset(held);
        foreach (FoldRows fold in folds)
        {
            run.Budget.Charge(fold.Table!.CountSamples());
        }
    }

    private static void Compute(QueryRun run, FoldRows[] folds)
    {
        int rows = folds[0].Inner.Count;
        int partitions = QueryRun.PartitionsFor(rows, folds[0].Steps, Array.Exists(folds, static f => f.Inner.HasHistograms));
        long partialBytes = folds.Sum(static f => (long)f.GroupCount * RowSpan.Padded(f.Steps) * f.BytesPerCell);
        if (partitions > 1 && partialBytes * partitions > MaxPartialBytes)
        {
            if (folds.Length == 1)
            {
                ComputeByGroup(run, folds[0], partitions);
                return;
            }

            partitions = (int)Math.Max(1, MaxPartialBytes / Math.Max(1, partialBytes));
        }

        ComputeByRow(run, folds, rows, partitions);
    }

    private static void ComputeByRow(QueryRun run, FoldRows[] folds, int rows, int partitions)
    {
        var merge = new OrderedMerge(partitions);
        RowSource[] sources = [.. folds.Select(static f => f.Inner).Distinct()];
        int[] slots = [.. sources.Select(_ => run.NewSlot())];
        run.Parallelize(partitions, (partition, worker) =>
        {
            PartialFold[] own = merge.TakeUsed() ?? Array.ConvertAll(folds, static f => f.NewFold());
            (int from, int to) = QueryRun.Bounds(rows, partitions, partition);
            for (int row = from; row < to; row++)
            {
                for (int i = 0; i < sources.Length; i++)
                {
                    RowSpan scratch = worker.Row(slots[i], sources[i]);
                    sources[i].Fill(row, scratch, worker);
                    worker.Charge(scratch.CountSamples());
                    for (int f = 0; f < folds.Length; f++)
                    {
                        if (ReferenceEquals(folds[f].Inner, sources[i]))
                        {
                            folds[f].AddTo(own[f], row, scratch);
                        }
                    }
                }
            }

            merge.Add(partition, own);
        });
        for (int f = 0; f < folds.Length; f++)
        {
            folds[f].Finish(run, merge.Total[f]);
        }
    }

    // Each group is folded by one partition, in the order of its rows.
    private static void ComputeByGroup(QueryRun run, FoldRows fold, int partitions)
    {
        int[] order = [.. Enumerable.Range(0, fold.Inner.Count)];
        int[] keys = (int[])fold.GroupOf.Clone();
        MemoryExtensions.Sort<int, int>(keys, order);
        PartialFold total = fold.NewFold();
        int slot = run.NewSlot();
        run.Parallelize(partitions, (partition, worker) =>
        {
            (int from, int to) = QueryRun.Bounds(order.Length, partitions, partition);
            from = StartOfGroup(keys, from);
            to = StartOfGroup(keys, to);
            Array.Sort(order, from, to - from, new ByGroupThenRow(fold.GroupOf));
            for (int i = from; i < to; i++)
            {
                RowSpan scratch = worker.Row(slot, fold.Inner);
                fold.Inner.Fill(order[i], scratch, worker);
                worker.Charge(scratch.CountSamples());
                fold.AddTo(total, order[i], scratch);
            }
        });
        fold.Finish(run, total);
    }

    private static int StartOfGroup(int[] keys, int at)
    {
        while (at > 0 && at < keys.Length && keys[at] == keys[at - 1])
        {
            at++;
        }

        return at;
    }

    private sealed class ByGroupThenRow(int[] groupOf) : IComparer<int>
    {
        public int Compare(int x, int y) => groupOf[x] != groupOf[y] ? groupOf[x] - groupOf[y] : x - y;
    }
}
