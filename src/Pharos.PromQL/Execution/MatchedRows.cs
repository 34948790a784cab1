using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>
/// An operator between two vectors. Where every row meets one row at most, which labels alone show, rows are combined one by one and nothing is
/// kept; otherwise, and with fill values, <see cref="StepMatching"/> goes step by step as upstream.
/// </summary>
internal sealed class MatchedRows : RowSource
{
    private readonly VectorBinaryPlan _plan;
    private readonly RowSource _left;
    private readonly RowSource _right;
    private readonly ElementOperator _operator;
    private int[] _manyRows = [];
    private int[] _oneRows = [];
    private RowTable? _oneTable;
    private RowTable? _table;
    private OperatorNotices? _notices;
    private int _slot;
    private int _manySlot;

    public MatchedRows(VectorBinaryPlan plan, RowSource left, RowSource right)
        : base(plan.Grid)
    {
        _plan = plan;
        _left = left;
        _right = right;
        _operator = new ElementOperator(plan.Op, plan.ReturnBool);
    }

    public override RowTable? Table => _table;

    // The side of which several rows may meet one row of the other; the left one where it is one to one.
    private RowSource Many => _plan.Matching.Card == MatchCardinality.OneToMany ? _right : _left;

    private RowSource One => _plan.Matching.Card == MatchCardinality.OneToMany ? _left : _right;

    public override void Fill(int row, RowSpan output, Worker worker)
    {
        if (_table is not null)
        {
            _table[row].CopyTo(output);
            return;
        }

        RowSpan one = OneOf(row, worker);
        if (_notices is not null)
        {
            FillMixed(row, one, output, worker, _notices);
            return;
        }

        Many.Fill(_manyRows[row], output, worker);
        for (int w = 0; w < output.Present.Length; w++)
        {
            output.Present[w] &= one.Present[w];
        }

        if (ReferenceEquals(Many, _left))
        {
            _operator.Apply(one.Values, output);
        }
        else
        {
            ApplySwapped(one, output);
        }
    }

    protected override void OnOpen(QueryRun run)
    {
        _left.Open(run);
        _right.Open(run);
        _slot = run.NewSlot();
        HasHistograms = _operator.GivesHistograms(_left.HasHistograms, _right.HasHistograms);
        if (_left.HasHistograms || _right.HasHistograms || _operator.IsTrim)
        {
            run.NeedEveryRow();
            _notices = new OperatorNotices(run, _plan.Op, _plan.Position);
            _manySlot = run.NewSlot();
        }

        GroupIndex groups = MatchGroups.Of(_plan.Matching, _left.Labels, _right.Labels, run.Symbols);
        bool hasFill = _plan.Matching.FillLeft is not null || _plan.Matching.FillRight is not null;
        if (!hasFill && TryPair(groups) && TryLabel(run))
        {
            bool isUsedOften = _plan.Matching.Card != MatchCardinality.OneToOne;
            _oneTable = isUsedOften ? Rows.Materialize(run, One) : One.Table;
            Rows.FillOthers(run, Many, _manyRows);
            if (_oneTable is null)
            {
                Rows.FillOthers(run, One, _oneRows);
            }

            return;
        }

        var matching = new StepMatching(run, _plan, _operator, _left, _right, groups, _notices);
        (Labels, _table) = matching.Evaluate(HasHistograms);
    }

    // Pairs rows by match group; false when the "one" side, or both sides of one to one, have several rows in a group that is matched.
    private bool TryPair(GroupIndex groups)
    {
        int leftCount = _left.Count;
        bool manyIsLeft = ReferenceEquals(Many, _left);
        int[] oneOf = new int[groups.Count];
        Array.Fill(oneOf, -1);
        for (int row = 0; row < One.Count; row++)
        {
            ref int one = ref oneOf[groups.GroupOf[manyIsLeft ? leftCount + row : row]];
            if (one >= 0)
            {
                return false;
            }

            one = row;
        }

        bool isOneToOne = _plan.Matching.Card == MatchCardinality.OneToOne;
        bool[] isTaken = new bool[groups.Count];
        var many = new List<int>();
        var ones = new List<int>();
        for (int row = 0; row < Many.Count; row++)
        {
            int group = groups.GroupOf[manyIsLeft ? row : leftCount + row];
            if (oneOf[group] < 0)
            {
                continue;
            }

            if (isOneToOne && isTaken[group])
            {
                return false;
            }

            isTaken[group] = true;
            many.Add(row);
            ones.Add(oneOf[group]);
        }

        _manyRows = [.. many];
        _oneRows = [.. ones];
        return true;
    }

    // The labels of the pairs; false when two pairs may have equal ones.
    private bool TryLabel(QueryRun run)
    {
        VectorMatching matching = _plan.Matching;
        bool isOneToOne = matching.Card == MatchCardinality.OneToOne;
        bool dropsName = _operator.ChangesMeaning || (_plan.ReturnBool && !run.DelaysNames);
        bool? pending = run.DelaysNames ? _plan.ReturnBool : null;
        RowLabels many = dropsName ? Naming.DropNow(Many.Labels) : Many.Labels;

        // One to one keeps the labels that matched, and those are different in every pair.
        LabelFilter filter = !isOneToOne ? LabelFilter.All
            : matching.On ? LabelFilter.Only(matching.MatchingLabels)
            : LabelFilter.Without(matching.MatchingLabels);
        var labels = new ProjectedLabels(many, _manyRows, filter, isOneToOne || many.AreUnique, pending);
        Labels = matching.Include.Count == 0 ? labels : new OverlaidLabels(labels, One.Labels, _oneRows, matching.Include, run.Symbols);
        return Labels.AreUnique || GroupIndex.OfAll(Labels).Count == Labels.Count;
    }

    private RowSpan OneOf(int row, Worker worker)
    {
        if (_oneTable is not null)
        {
            return _oneTable[_oneRows[row]];
        }

        RowSpan one = worker.Row(_slot, One);
        One.Fill(_oneRows[row], one, worker);
        return one;
    }

    private void FillMixed(int row, RowSpan one, RowSpan output, Worker worker, OperatorNotices notices)
    {
        RowSpan many = worker.Row(_manySlot, Many);
        Many.Fill(_manyRows[row], many, worker);
        output.Clear();
        bool isSwapped = !ReferenceEquals(Many, _left);
        for (int s = 0; s < output.Steps; s++)
        {
            if (many.Has(s) && one.Has(s))
            {
                SampleValue left = isSwapped ? one.ValueAt(s) : many.ValueAt(s);
                SampleValue right = isSwapped ? many.ValueAt(s) : one.ValueAt(s);
                PairResult result = _operator.Apply(left, right);
                notices.Report(s, _manyRows[row], result.Notices, left, right);
                if (result.Holds)
                {
                    output.Set(s, result.Value);
                }
            }
        }
    }

    private void ApplySwapped(RowSpan left, RowSpan output)
    {
        for (int s = 0; s < output.Steps; s++)
        {
            if (output.Has(s))
            {
                if (_operator.TryApply(left.Values[s], output.Values[s], out double result))
                {
                    output.Values[s] = result;
                }
                else
                {
                    output.Unset(s);
                }
            }
        }
    }
}
