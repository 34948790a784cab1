using System.Buffers;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>An aggregation that folds each row of its operand into its group and forgets it. Done in a <see cref="FoldPass"/>, with others over the same series.</summary>
internal sealed class FoldRows : RowSource
{
    private readonly AggregatePlan _plan;
    private readonly FoldPass _pass;
    private RowTable? _table;
    private GroupIndex? _groups;
    private bool _hasIgnored;

    public FoldRows(AggregatePlan plan, RowSource inner, FoldPass pass)
        : base(plan.Grid)
    {
        _plan = plan;
        _pass = pass;
        Inner = inner;
        pass.Add(this);
    }

    public RowSource Inner { get; }

    /// <summary>The pass that computes it, and maybe others.</summary>
    public FoldPass Pass => _pass;

    public override RowTable? Table => _table;

    public int GroupCount => _groups!.Count;

    /// <summary>Bytes that a fold takes for each group and step, at most or, with histograms, about.</summary>
    public int BytesPerCell => IsMixed ? MixedFold.BytesPerCell : GroupFold.BytesPerCell;

    /// <summary>The group of each row of the operand.</summary>
    public int[] GroupOf => _groups!.GroupOf;

    // Sums of values that may be histograms.
    private bool IsMixed => Inner.HasHistograms && _plan.Op is (AggregateOp.Sum or AggregateOp.Avg);

    public override void Fill(int row, RowSpan output, Worker worker) => _table![row].CopyTo(output);

    /// <summary>Opens the operand and finds the groups.</summary>
    public void Prepare(QueryRun run)
    {
        Inner.Open(run);
        Grouping grouping = Grouping.Of(_plan, Inner.Labels);
        _groups = grouping.Groups;
        Labels = grouping.Labels;
    }

    public PartialFold NewFold() => IsMixed ? new MixedFold(_plan.Op, GroupCount, Steps) : GroupFold.Create(_plan.Op, GroupCount, Steps);

    /// <summary>Folds a row of the operand into its group. Thread-safe over different folds.</summary>
    public void AddTo(PartialFold fold, int row, RowSpan values)
    {
        int group = GroupOf[row];
        if (fold is MixedFold mixed)
        {
            mixed.Add(group, row, values);
        }
        else if (values.Histograms.IsEmpty || _plan.Op is AggregateOp.Count or AggregateOp.Group)
        {
            ((GroupFold)fold).Add(group, values);
        }
        else
        {
            AddNumbers((GroupFold)fold, group, values);
        }
    }

    public void Finish(QueryRun run, PartialFold fold)
    {
        if (_hasIgnored)
        {
            run.Annotations.Add(isWarning: false, $"ignored histogram in {_plan.Op.Text()} aggregation", _plan.InnerPosition);
        }

        _table = fold is MixedFold mixed
            ? mixed.Finish(new MixedFoldNotices(run, Inner.Labels, _plan.InnerPosition))
            : ((GroupFold)fold).Finish();
        HasHistograms = _table.HasHistograms;
    }

    protected override void OnOpen(QueryRun run) => _pass.Run(run, this);

    private void AddNumbers(GroupFold fold, int group, RowSpan values)
    {
        ulong[] present = ArrayPool<ulong>.Shared.Rent(values.Present.Length);
        Span<ulong> numbers = present.AsSpan(0, values.Present.Length);
        if (values.CopyNumbersPresent(numbers))
        {
            Volatile.Write(ref _hasIgnored, true);
        }

        fold.Add(group, new RowSpan(values.Values, numbers, values.Steps));
        ArrayPool<ulong>.Shared.Return(present);
    }
}
