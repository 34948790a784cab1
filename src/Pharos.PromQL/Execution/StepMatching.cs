using Pharos.Core.Labels;
using Pharos.PromQL.Functions;
using Pharos.PromQL.Planning;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Execution;

/// <summary>
/// Vector matching step by step, for the cases that labels alone do not decide: several rows of a match group that may or may not have values at the
/// same step, and fill values. Follows upstream's algorithm and its errors.
/// </summary>
internal sealed class StepMatching
{
    private const int NoRow = -1;
    private const int PairWork = 64;

    private readonly QueryRun _run;
    private readonly VectorBinaryPlan _plan;
    private readonly VectorMatching _matching;
    private readonly ElementOperator _operator;
    private readonly RowSource _many;
    private readonly RowSource _one;
    private readonly bool _isSwapped;
    private readonly GroupIndex _groups;
    private readonly int _manyBase;
    private readonly int _oneBase;
    private readonly Dictionary<(int Many, int One), int> _resultOf = [];
    private readonly Dictionary<Labels, int> _resultByLabels = [];
    private readonly List<Labels> _labels = [];
    private readonly OperatorNotices? _notices;
    private readonly List<RowTable> _rows = [];
    private readonly HashSet<(int Group, int Result)> _inGroup = [];
    private bool _hasHistograms;
    private int _order;

    /// <summary>Matches two open operands; <paramref name="notices"/> is there where any value may be a histogram.</summary>
    public StepMatching(
        QueryRun run, VectorBinaryPlan plan, ElementOperator op, RowSource left, RowSource right, GroupIndex groups, OperatorNotices? notices)
    {
        _notices = notices;
        _run = run;
        _plan = plan;
        _matching = plan.Matching;
        _operator = op;
        _isSwapped = _matching.Card == MatchCardinality.OneToMany;
        _many = _isSwapped ? right : left;
        _one = _isSwapped ? left : right;
        _groups = groups;
        _manyBase = _isSwapped ? left.Count : 0;
        _oneBase = _isSwapped ? 0 : left.Count;
    }

    private bool IsOneToOne => _matching.Card == MatchCardinality.OneToOne;

    // Upstream does not swap the fill values with the sides.
    private double? FillForOne => _matching.FillRight;

    private double? FillForMany => _matching.FillLeft;

    private bool HasFill => FillForOne is not null || FillForMany is not null;

    /// <summary>All rows; <paramref name="hasHistograms"/> says whether there may be histograms among the results.</summary>
    public (RowLabels Labels, RowTable Table) Evaluate(bool hasHistograms)
    {
        _hasHistograms = hasHistograms;
        RowTable many = Rows.Materialize(_run, _many);
        RowTable one = Rows.Materialize(_run, _one);
        int[] oneAt = new int[_groups.Count];
        bool[] matched = new bool[_groups.Count];
        for (int s = 0; s < many.Steps; s++)
        {
            _run.Pace.Spend(many.Rows + one.Rows + _groups.Count);
            Array.Fill(oneAt, NoRow);
            Array.Clear(matched);
            _inGroup.Clear();
            _order = 0;
            if (HasFill || (HasAny(many, s) && HasAny(one, s)))
            {
                FindOnes(one, s, oneAt);
                MatchStep(many, one, s, oneAt, matched);
            }
        }

        return (ResultLabels(), ResultTable(many.Steps));
    }

    private static bool HasAny(RowTable table, int step)
    {
        for (int row = 0; row < table.Rows; row++)
        {
            if (table[row].Has(step))
            {
                return true;
            }
        }

        return false;
    }

    private void FindOnes(RowTable one, int step, int[] oneAt)
    {
        for (int row = 0; row < one.Rows; row++)
        {
            if (one[row].Has(step))
            {
                ref int known = ref oneAt[_groups.GroupOf[_oneBase + row]];
                if (known >= 0)
                {
                    throw Duplicate(row, known);
                }

                known = row;
            }
        }
    }

    private void MatchStep(RowTable many, RowTable one, int step, int[] oneAt, bool[] matched)
    {
        for (int row = 0; row < many.Rows; row++)
        {
            if (!many[row].Has(step))
            {
                continue;
            }

            int group = _groups.GroupOf[_manyBase + row];
            int other = oneAt[group];
            if (other >= 0)
            {
                Combine(step, group, row, other, many[row].ValueAt(step), one[other].ValueAt(step), matched);
            }
            else if (FillForOne is { } fill)
            {
                Combine(step, group, row, NoRow, many[row].ValueAt(step), new SampleValue(fill), matched);
            }
        }

        if (FillForMany is not { } value)
        {
            return;
        }

        for (int group = 0; group < oneAt.Length; group++)
        {
            if (oneAt[group] >= 0 && !matched[group])
            {
                Combine(step, group, NoRow, oneAt[group], new SampleValue(value), one[oneAt[group]].ValueAt(step), matched);
            }
        }
    }

    private void Combine(int step, int group, int many, int one, SampleValue manyValue, SampleValue oneValue, bool[] matched)
    {
        _run.Pace.Spend(PairWork);
        PairResult value = Apply(step, _isSwapped ? oneValue : manyValue, _isSwapped ? manyValue : oneValue);
        if (value.IsRefused)
        {
            // As if the two had not met.
            return;
        }

        int result = ResultOf(many, one);
        if (IsOneToOne && matched[group])
        {
            throw QueryException.Execution("multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
        }

        matched[group] = true;
        if (!IsOneToOne && !_inGroup.Add((group, result)))
        {
            throw QueryException.Execution("multiple matches for labels: grouping labels must ensure unique matches");
        }

        if (!value.Holds)
        {
            return;
        }

        RowSpan row = _rows[result][0];
        if (row.Has(step))
        {
            throw QueryException.Execution("vector cannot contain metrics with the same labelset");
        }

        row.Set(step, value.Value);
    }

    private PairResult Apply(int step, SampleValue left, SampleValue right)
    {
        if (_notices is null)
        {
            bool keeps = _operator.TryApply(left.Number, right.Number, out double number);
            return new PairResult(new SampleValue(number), keeps);
        }

        PairResult result = _operator.Apply(left, right);
        _notices.Report(step, _order++, result.Notices, left, right);
        return result;
    }

    private int ResultOf(int many, int one)
    {
        if (_resultOf.TryGetValue((many, one), out int known))
        {
            return known;
        }

        Labels manyLabels = many >= 0 ? _many.Labels.Get(many) : MatchGroups.LabelsOf(_matching, _one.Labels.Get(one));
        Labels oneLabels = one >= 0 ? _one.Labels.Get(one) : MatchGroups.LabelsOf(_matching, manyLabels);
        Labels labels = Combine(manyLabels, oneLabels);
        if (!_resultByLabels.TryGetValue(labels, out int result))
        {
            result = _labels.Count;
            _resultByLabels.Add(labels, result);
            _run.Budget.CheckCells(result + 1, _plan.Grid.Count);
            _labels.Add(labels);
            _rows.Add(new RowTable(1, _plan.Grid.Count, _hasHistograms));
        }

        _resultOf.Add((many, one), result);
        return result;
    }

    private Labels Combine(Labels many, Labels one)
    {
        Labels labels = _operator.ChangesMeaning || (_plan.ReturnBool && !_run.DelaysNames) ? LabelFilter.NoMetric.Apply(many) : many;
        if (IsOneToOne)
        {
            LabelFilter filter = _matching.On ? LabelFilter.Only(_matching.MatchingLabels) : LabelFilter.Without(_matching.MatchingLabels);
            labels = filter.Apply(labels);
        }

        if (_matching.Include.Count == 0)
        {
            return labels;
        }

        var builder = new LabelsBuilder(labels);
        foreach (string name in _matching.Include)
        {
            builder.Set(name, one[name]);
        }

        return builder.ToLabels();
    }

    private ListedLabels ResultLabels()
    {
        bool[]? pending = null;
        if (_run.DelaysNames && _plan.ReturnBool)
        {
            pending = new bool[_labels.Count];
            Array.Fill(pending, true);
        }

        return new ListedLabels(_labels, _run.Symbols, areUnique: true, pending);
    }

    private RowTable ResultTable(int steps)
    {
        var table = new RowTable(_rows.Count, steps, _hasHistograms);
        for (int i = 0; i < _rows.Count; i++)
        {
            _rows[i][0].CopyTo(table[i]);
        }

        return table;
    }

    private QueryException Duplicate(int row, int other)
    {
        Labels labels = _one.Labels.Get(row);
        return QueryException.Execution(
            $"found duplicate series for the match group {MatchGroups.LabelsOf(_matching, labels)} on the {(_isSwapped ? "left" : "right")} hand-side "
            + $"of the operation: [{labels}, {_one.Labels.Get(other)}];many-to-many matching not allowed: matching labels must be unique on one side");
    }
}
