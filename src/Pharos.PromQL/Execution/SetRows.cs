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
    private int[] _leftRows = [];
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
        if (_leftTable is null)
        {
            _left.Fill(row, output, worker);
            Mask(_groupOf[row], output);
        }
        else if (row < _leftRows.Length)
        {
            _leftTable[_leftRows[row]].CopyTo(output);
        }
        else
        {
            int right = row - _leftRows.Length;
            output.Histograms.Clear();
            _right.Fill(right, output, worker);
            Mask(_groupOf[_left.Count + right], output);
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _left.Open(run);
        _right.Open(run);
        _words = RowSpan.Words(Steps);
        GroupIndex groups = MatchGroups.Of(_plan.Matching, _left.Labels, _right.Labels, run.Symbols);
        _groupOf = groups.GroupOf;
        HasHistograms = _left.HasHistograms || (_plan.Op == BinaryOp.Or && _right.HasHistograms);
        _decides = new ulong[groups.Count * _words];
        if (_plan.Op == BinaryOp.Or)
        {
            _leftTable = Rows.Materialize(run, _left);
            for (int row = 0; row < _left.Count; row++)
            {
                Folds.Presence(_leftTable[row].Present, Bits(_groupOf[row]));
            }

            // Rows without any value would only disturb the order of an instant vector.
            _leftRows = [.. Enumerable.Range(0, _left.Count).Where(row => !_leftTable[row].IsEmpty)];
            var left = new ProjectedLabels(_left.Labels, _leftRows, LabelFilter.All, _left.Labels.AreUnique);
            Labels = new ConcatenatedLabels(left, _right.Labels, run.Symbols);
        }
        else
        {
            long held = run.Budget.Current;
            Rows.ForEach(run, _right, (row, table, at) => Folds.Presence(table[at].Present, Bits(_groupOf[_left.Count + row])));
            run.Budget.Reset(held);
            Labels = _left.Labels;
        }
    }

    private void Mask(int group, RowSpan output)
    {
        ReadOnlySpan<ulong> bits = Bits(group);
        for (int w = 0; w < _words; w++)
        {
            output.Present[w] &= _plan.Op == BinaryOp.And ? bits[w] : ~bits[w];
        }
    }

    private Span<ulong> Bits(int group) => _decides.AsSpan(group * _words, _words);
}
