using System.Globalization;
using Pharos.Core.Labels;

namespace Pharos.PromQL.Execution;

/// <summary>The info series of a query in groups of equal name and identifying labels, of which the newest counts at each step.</summary>
internal sealed class InfoSeries
{
    private readonly RowTable _times;
    private readonly string[] _identifying;
    private readonly int[] _groupOf;
    private readonly List<string> _names;
    private readonly Dictionary<string, int> _groups = new(StringComparer.Ordinal);

    /// <summary>Groups series.</summary>
    /// <param name="labels">The series.</param>
    /// <param name="isWanted">Whether a series can go with any series of the query.</param>
    /// <param name="times">The time of each series' sample at each step, in seconds.</param>
    /// <param name="identifying">The labels that have to be equal, beside the name.</param>
    public InfoSeries(Labels[] labels, bool[] isWanted, RowTable times, string[] identifying)
    {
        Labels = labels;
        _times = times;
        _identifying = identifying;
        _names = [.. labels.Where((_, row) => isWanted[row]).Select(static l => l.MetricName).Distinct(StringComparer.Ordinal)];
        _groupOf = new int[labels.Length];
        for (int row = 0; row < labels.Length; row++)
        {
            _groupOf[row] = -1;
            if (isWanted[row])
            {
                string key = KeyOf(labels[row].MetricName, labels[row]);
                _groups.TryAdd(key, _groups.Count);
                _groupOf[row] = _groups[key];
            }
        }
    }

    public static InfoSeries None => new([], [], new RowTable(0, 0), []);

    public Labels[] Labels { get; }

    public int GroupCount => _groups.Count;

    /// <summary>The groups that go with a series, one an info metric at most.</summary>
    public int[] GroupsOf(Labels series)
    {
        var groups = new List<int>();
        foreach (string name in _names)
        {
            if (_groups.TryGetValue(KeyOf(name, series), out int group))
            {
                groups.Add(group);
            }
        }

        return [.. groups];
    }

    /// <summary>Writes the newest series of each group at a step, -1 where there is none.</summary>
    /// <exception cref="QueryException">Two are equally new.</exception>
    public void FindNewest(int step, int[] newest)
    {
        Array.Fill(newest, -1);
        for (int row = 0; row < _groupOf.Length; row++)
        {
            if (_groupOf[row] < 0 || !_times[row].Has(step))
            {
                continue;
            }

            ref int known = ref newest[_groupOf[row]];
            double time = _times[row].Values[step];
            if (known < 0 || time > _times[known].Values[step])
            {
                known = row;
            }
            else if (time == _times[known].Values[step])
            {
                long milliseconds = (long)Math.Round(time * 1000);
                throw QueryException.Execution(string.Create(
                    CultureInfo.InvariantCulture,
                    $"found duplicate series for info metric: existing {Labels[known]} @ {milliseconds}, new {Labels[row]} @ {milliseconds}"));
            }
        }
    }

    private string KeyOf(string name, Labels labels)
    {
        string key = name;
        foreach (string label in _identifying)
        {
            key += "\u0001" + labels[label];
        }

        return key;
    }
}
