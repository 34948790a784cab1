using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;

namespace Pharos.PromQL.Execution;

/// <summary>An aggregation that folds each row of its operand into its group and forgets it. Done in a <see cref="FoldPass"/>, with others over the same series.</summary>
internal sealed class FoldRows : RowSource
{
    private readonly AggregatePlan _plan;
    private readonly FoldPass _pass;
    private RowTable? _table;
    private GroupIndex? _groups;

    public FoldRows(AggregatePlan plan, RowSource inner, FoldPass pass)
        : base(plan.Grid)
    {
        _plan = plan;
        _pass = pass;
        Inner = inner;
        pass.Add(this);
    }

    public RowSource Inner { get; }

    public override RowTable? Table => _table;

    public int GroupCount => _groups!.Count;

    /// <summary>The group of each row of the operand.</summary>
    public int[] GroupOf => _groups!.GroupOf;

    public override void Fill(int row, RowSpan output, Worker worker) => _table![row].CopyTo(output);

    /// <summary>Opens the operand and finds the groups.</summary>
    public void Prepare(QueryRun run)
    {
        Inner.Open(run);
        Grouping grouping = Grouping.Of(_plan, Inner.Labels);
        _groups = grouping.Groups;
        Labels = grouping.Labels;
    }

    public GroupFold NewFold() => GroupFold.Create(_plan.Op, GroupCount, Steps);

    /// <summary>Folds a row of the operand into its group. Thread-safe over different folds.</summary>
    public void AddTo(GroupFold fold, int row, RowSpan values) => fold.Add(GroupOf[row], values);

    public void Finish(GroupFold fold) => _table = fold.Finish();

    protected override void OnOpen(QueryRun run) => _pass.Run(run, this);
}
