using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>
/// <c>and</c>, <c>unless</c> and <c>or</c>. Of the side that only decides, a bit a step and match group is kept: a row of the other side is masked with
/// the bits of its group. For <c>or</c> the rows of the left side follow each other, then those of the right side masked.
/// </summary>
internal sealed class SetRows : RowSource
{
    private readonly VectorBinaryPlan _plan;
    private readonly RowSource _left;
    private readonly RowSource _right;
    private int[] _groupOf = [];
    private ulong[] _decides = [];
    private RowTable? _leftTable;
    private int _words;

    public SetRows(VectorBinaryPlan plan, RowSource left, RowSource right)
        : base(plan.Grid)
    {
        _plan = plan;
        _left = left;
        _right = right;
    }

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        bool isRight = row >= _left.Count;
        if (_leftTable is not null && !isRight)
        {
            _leftTable[row].CopyTo(output);
            return;
        }

        (isRight ? _right : _left).Fill(isRight ? row - _left.Count : row, output, worker);
        ReadOnlySpan<ulong> bits = _decides.AsSpan(_groupOf[row] * _words, _words);
        for (int w = 0; w < _words; w++)
        {
            output.Present[w] &= _plan.Op == BinaryOp.And ? bits[w] : ~bits[w];
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _left.Open(run);
        _right.Open(run);
        _words = RowSpan.Words(Steps);
        GroupIndex groups = MatchGroups.Of(_plan.Matching, _left.Labels, _right.Labels, run.Symbols);
        _groupOf = groups.GroupOf;
        _decides = new ulong[groups.Count * _words];
        if (_plan.Op == BinaryOp.Or)
        {
            _leftTable = Rows.Materialize(run, _left);
            for (int row = 0; row < _left.Count; row++)
            {
                Folds.Presence(_leftTable[row].Present, Bits(_groupOf[row]));
            }

            Labels = new ConcatenatedLabels(_left.Labels, _right.Labels, run.Symbols);
        }
        else
        {
            long held = run.Budget.Current;
            Rows.ForEach(run, _right, (row, table, at) => Folds.Presence(table[at].Present, Bits(_groupOf[_left.Count + row])));
            run.Budget.Reset(held);
            Labels = _left.Labels;
        }
    }

    private Span<ulong> Bits(int group) => _decides.AsSpan(group * _words, _words);
}
