using System.Diagnostics;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>
/// The running aggregates of the numbers of all groups over all steps: memory is groups times steps, whatever the number of series. Owned by one partition.
/// </summary>
internal abstract class GroupFold : PartialFold
{
    private readonly ulong[] _present;
    private readonly int _words;

    protected GroupFold(int groups, int steps)
    {
        Groups = groups;
        Steps = steps;
        Stride = RowSpan.Padded(steps);
        _words = RowSpan.Words(steps);
        _present = new ulong[checked(groups * _words)];
    }

    protected int Groups { get; }

    protected int Steps { get; }

    /// <summary>Places from group to group.</summary>
    protected int Stride { get; }

    /// <summary>Bytes that a fold takes for each group and step, at most.</summary>
    public static int BytesPerCell => 20;

    public static GroupFold Create(AggregateOp op, int groups, int steps) => op switch
    {
        AggregateOp.Sum => new SumFold(groups, steps),
        AggregateOp.Avg => new AverageFold(groups, steps),
        AggregateOp.Min => new ExtremumFold(groups, steps, isMax: false),
        AggregateOp.Max => new ExtremumFold(groups, steps, isMax: true),
        AggregateOp.Count => new CountFold(groups, steps),
        AggregateOp.Group => new PresenceFold(groups, steps),
        AggregateOp.StdDev => new VarianceFold(groups, steps, isDeviation: true),
        AggregateOp.StdVar => new VarianceFold(groups, steps, isDeviation: false),
        _ => throw new UnreachableException($"fold {op}"),
    };

    /// <summary>Adds a row to its group.</summary>
    public void Add(int group, RowSpan row)
    {
        OnAdd(group, row);
        Folds.Presence(row.Present, Present(group));
    }

    public sealed override void Merge(PartialFold later)
    {
        var other = (GroupFold)later;
        for (int g = 0; g < Groups; g++)
        {
            OnMerge(g, other);
            Folds.Presence(other.Present(g), Present(g));
        }
    }

    public sealed override bool TryClear()
    {
        Array.Clear(_present);
        OnClear();
        return true;
    }

    /// <summary>Whether any row of a group had a value at a step.</summary>
    public bool Has(int group, int step) => (_present[(group * _words) + (step >> 6)] >> (step & 63) & 1) != 0;

    /// <summary>The aggregates.</summary>
    public RowTable Finish()
    {
        var table = new RowTable(Groups, Steps);
        for (int g = 0; g < Groups; g++)
        {
            RowSpan row = table[g];
            Present(g).CopyTo(row.Present);
            OnFinish(g, row.Values);
        }

        return table;
    }

    /// <summary>Which steps a group has values at.</summary>
    protected Span<ulong> Present(int group) => _present.AsSpan(group * _words, _words);

    /// <summary>Adds the values; the bits of the group are still those before this row.</summary>
    protected abstract void OnAdd(int group, RowSpan row);

    protected abstract void OnClear();

    protected abstract void OnMerge(int group, GroupFold later);

    protected abstract void OnFinish(int group, Span<double> values);
}
