using Pharos.Core.Labels;
using Pharos.PromQL.Functions;

namespace Pharos.PromQL.Execution;

/// <summary>Collects the result of <c>info</c>: a row for each set of labels that comes about.</summary>
internal sealed class InfoResults
{
    private readonly QueryRun _run;
    private readonly RowSource _inner;
    private readonly InfoSelection _selection;
    private readonly Labels[] _labels;
    private readonly int _steps;
    private readonly List<(Labels[] Found, int Result)>[] _known;
    private readonly Dictionary<Labels, int> _resultOf = [];
    private readonly List<Labels> _results = [];
    private readonly List<bool> _pending = [];
    private readonly List<RowTable> _rows = [];

    public InfoResults(QueryRun run, RowSource inner, InfoSelection selection, Labels[] labels, int steps)
    {
        _run = run;
        _inner = inner;
        _selection = selection;
        _labels = labels;
        _steps = steps;
        _known = [.. labels.Select(static _ => new List<(Labels[], int)>())];
    }

    /// <summary>Adds the value of a row at a step, with the labels of the info series found for it.</summary>
    public void Add(int row, int step, RowSpan values, Labels[] found, bool isInfo)
    {
        if (found.Length == 0 && !isInfo && !_selection.KeepsUnmatched)
        {
            return;
        }

        RowSpan result = _rows[ResultOf(row, found)][0];
        if (result.Has(step))
        {
            throw QueryException.Execution("vector cannot contain metrics with the same labelset");
        }

        result.SetFrom(values, step);
    }

    public (RowLabels Labels, RowTable Table) ToTable()
    {
        var table = new RowTable(_rows.Count, _steps, _inner.HasHistograms);
        for (int i = 0; i < _rows.Count; i++)
        {
            _rows[i][0].CopyTo(table[i]);
        }

        bool[]? pending = _inner.Labels.HasPendingNames ? [.. _pending] : null;
        return (new ListedLabels(_results, _run.Symbols, areUnique: true, pending), table);
    }

    private int ResultOf(int row, Labels[] found)
    {
        foreach ((Labels[] known, int at) in _known[row])
        {
            if (known.AsSpan().SequenceEqual(found))
            {
                return at;
            }
        }

        Labels labels = Combine(_labels[row], found);
        if (!_resultOf.TryGetValue(labels, out int result))
        {
            result = _results.Count;
            _run.Budget.CheckCells(result + 1, _steps);
            _resultOf.Add(labels, result);
            _results.Add(labels);
            _pending.Add(_inner.Labels.IsNamePending(row));
            _rows.Add(new RowTable(1, _steps, _inner.HasHistograms));
        }

        _known[row].Add((found, result));
        return result;
    }

    // Labels that the series has already stay; info series of different names must not contradict each other.
    private Labels Combine(Labels labels, Labels[] found)
    {
        var builder = new LabelsBuilder(labels);
        var set = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Label label in found.SelectMany(static l => l).Where(l => _selection.Takes(l.Name)))
        {
            if (set.TryGetValue(label.Name, out string? value) && value != label.Value)
            {
                throw QueryException.Execution($"conflicting label: {label.Name}");
            }

            if (labels[label.Name].Length == 0)
            {
                set[label.Name] = label.Value;
                builder.Set(label.Name, label.Value);
            }
        }

        return builder.ToLabels();
    }
}
