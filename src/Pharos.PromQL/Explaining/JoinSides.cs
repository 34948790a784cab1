using Pharos.Core.Labels;
using Pharos.PromQL.Execution;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.PromQL.Explaining;

/// <summary>The two sides of an operator and who of them found partners, by labels; rows without values do not count. Used by one thread.</summary>
internal sealed class JoinSides
{
    // How many rows of the right side are compared with the example of the left.
    private const int MaxCompared = 1000;

    private readonly VectorMatching _matching;
    private readonly NodeMeasure _leftRows;
    private readonly NodeMeasure _rightRows;
    private readonly RowLabels _leftLabels;
    private readonly RowLabels _rightLabels;
    private readonly ConcatenatedLabels _all;
    private readonly bool[] _isLost;

    public JoinSides(VectorMatching matching, NodeMeasure left, NodeMeasure right, SymbolTable symbols)
    {
        _matching = matching;
        _leftRows = left;
        _rightRows = right;
        _leftLabels = left.Source!.Labels;
        _rightLabels = right.Source!.Labels;
        _all = new ConcatenatedLabels(_leftLabels, _rightLabels, symbols);
        GroupIndex groups = MatchGroups.Of(matching, _leftLabels, _rightLabels, symbols);
        (bool[] hasLeft, bool[] hasRight) = SidesOf(groups);
        _isLost = new bool[_all.Count];
        for (int row = 0; row < _isLost.Length; row++)
        {
            if (!Counts(row))
            {
                continue;
            }

            bool isLeft = row < _leftLabels.Count;
            bool isLost = isLeft ? !hasRight[groups.GroupOf[row]] : !hasLeft[groups.GroupOf[row]];
            _isLost[row] = isLost;
            Left += isLeft ? 1 : 0;
            Right += isLeft ? 0 : 1;
            LeftLost += isLeft && isLost ? 1 : 0;
            RightLost += !isLeft && isLost ? 1 : 0;
        }
    }

    public int Left { get; }

    public int Right { get; }

    public int LeftLost { get; }

    public int RightLost { get; }

    /// <summary>What was lost, with examples and what would help.</summary>
    public JoinLoss Describe(bool isSet)
    {
        Labels? left = Example(0, _leftLabels.Count, null);
        Labels? right = Example(_leftLabels.Count, _all.Count, left);
        string[] names = [.. (left ?? Labels.Empty).Concat(right ?? Labels.Empty).Select(static l => l.Name).Distinct(StringComparer.Ordinal).Where(Matches).Order(StringComparer.Ordinal)];
        (string? suggestion, int matches) = Suggest(isSet);
        return new JoinLoss
        {
            Left = Left,
            LeftLost = LeftLost,
            Right = Right,
            RightLost = RightLost,
            LeftExample = left,
            RightExample = right,
            OnlyLeft = [.. names.Where(n => ValueIn(left, n).Length > 0 && ValueIn(right, n).Length == 0)],
            OnlyRight = [.. names.Where(n => ValueIn(left, n).Length == 0 && ValueIn(right, n).Length > 0)],
            Differ = [.. names.Where(n => ValueIn(left, n).Length > 0 && ValueIn(right, n).Length > 0 && ValueIn(left, n) != ValueIn(right, n))],
            Suggestion = suggestion,
            SuggestionMatches = matches,
        };
    }

    private static string ValueIn(Labels? labels, string name) => labels is null ? "" : labels[name];

    private bool Matches(string name) => name != Label.MetricName && _matching.MatchingLabels.Contains(name, StringComparer.Ordinal) == _matching.On;

    private bool Counts(int row) => row < _leftLabels.Count ? _leftRows.MayHaveValues(row) : _rightRows.MayHaveValues(row - _leftLabels.Count);

    private (bool[] Left, bool[] Right) SidesOf(GroupIndex groups)
    {
        bool[] left = new bool[groups.Count];
        bool[] right = new bool[groups.Count];
        for (int row = 0; row < _all.Count; row++)
        {
            if (Counts(row))
            {
                (row < _leftLabels.Count ? left : right)[groups.GroupOf[row]] = true;
            }
        }

        return (left, right);
    }

    // A row of a side: a lost one where there is one, as like another as can be.
    private Labels? Example(int from, int to, Labels? like)
    {
        bool wantsLost = Array.IndexOf(_isLost, true, from, to - from) >= 0;
        Labels? best = null;
        int bestEqual = -1;
        int compared = 0;
        for (int row = from; row < to && compared < MaxCompared; row++)
        {
            if (!Counts(row) || _isLost[row] != wantsLost)
            {
                continue;
            }

            compared++;
            Labels labels = _all.Get(row);
            int equal = like is null ? 0 : labels.Count(l => l.Name != Label.MetricName && like[l.Name] == l.Value);
            if (equal > bestEqual)
            {
                (best, bestEqual) = (labels, equal);
            }

            if (like is null)
            {
                break;
            }
        }

        return best;
    }

    // Labels of which both sides have the same values somewhere: all of them, or else the one that finds the most partners.
    private (string? Text, int Matches) Suggest(bool isSet)
    {
        string[] common = [.. _leftLabels.Names.Intersect(_rightLabels.Names, StringComparer.Ordinal).Where(n => n != Label.MetricName && HaveCommonValue(n))];
        if (common.Length == 0)
        {
            return (null, 0);
        }

        (string? Text, int Matches) best = Try(common, isSet);
        foreach (string name in common.Length > 1 ? common : [])
        {
            (string? Text, int Matches) one = Try([name], isSet);
            if (one.Text is not null && (best.Text is null || one.Matches > best.Matches))
            {
                best = one;
            }
        }

        return best.Matches > Left - LeftLost ? best : (null, 0);
    }

    private bool HaveCommonValue(string name)
    {
        uint[] ids = new uint[_all.Count];
        _all.GetIds(name, ids);
        HashSet<uint> left = [.. ids.Take(_leftLabels.Count)];
        left.Remove(0);
        return left.Overlaps(ids.Skip(_leftLabels.Count));
    }

    private (string? Text, int Matches) Try(string[] names, bool isSet)
    {
        GroupIndex groups = GroupIndex.Of(_all, names, without: false);
        int[] left = new int[groups.Count];
        int[] right = new int[groups.Count];
        for (int row = 0; row < _all.Count; row++)
        {
            if (Counts(row))
            {
                (row < _leftLabels.Count ? left : right)[groups.GroupOf[row]]++;
            }
        }

        bool manyLeft = false;
        bool manyRight = false;
        int matches = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            if (left[g] > 0 && right[g] > 0)
            {
                manyLeft |= left[g] > 1;
                manyRight |= right[g] > 1;
                matches += left[g];
            }
        }

        string on = $"on ({string.Join(", ", names)})";
        string? text = isSet || (!manyLeft && !manyRight) ? on : !manyRight ? $"{on} group_left ()" : !manyLeft ? $"{on} group_right ()" : null;
        return (text, matches);
    }
}
