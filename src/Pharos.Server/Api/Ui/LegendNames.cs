using System.Text;
using Pharos.Core.Labels;

namespace Pharos.Server.Api.Ui;

/// <summary>Names the series of one query.</summary>
internal sealed class LegendNames
{
    private readonly string _format;
    private readonly string[] _telling;

    /// <param name="format">With <c>{{label}}</c>; empty or <c>__auto</c> for the labels that tell the series apart.</param>
    /// <param name="series">All series of the answer.</param>
    public LegendNames(string format, IReadOnlyList<Labels> series)
    {
        bool isAuto = format.Length == 0 || format == "__auto";
        _format = isAuto ? "" : format;
        _telling = isAuto ? Telling(series) : [];
    }

    /// <summary>The name; null where nothing is to be said, as for the only series without labels.</summary>
    public string? Of(Labels labels)
    {
        if (_format.Length > 0)
        {
            return Fill(labels);
        }

        if (_telling.Length == 1 && labels[_telling[0]] is { Length: > 0 } only)
        {
            return only;
        }

        if (_telling.Length > 0)
        {
            return $"{{{string.Join(", ", _telling.Where(labels.Contains).Select(name => $"{name}=\"{labels[name]}\""))}}}";
        }

        return labels.Count == 0 ? null : labels.ToMetricText();
    }

    private static string[] Telling(IReadOnlyList<Labels> series)
    {
        if (series.Count < 2)
        {
            return [];
        }

        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Labels labels in series)
        {
            foreach (Label label in labels.AsSpan())
            {
                names.Add(label.Name);
            }
        }

        return [.. names.Where(name => series.Any(labels => labels[name] != series[0][name]))];
    }

    // {{ label }} with or without spaces; what is no label becomes nothing, as in Grafana.
    private string Fill(Labels labels)
    {
        var text = new StringBuilder();
        ReadOnlySpan<char> rest = _format;
        while (true)
        {
            int open = rest.IndexOf("{{");
            int close = open < 0 ? -1 : rest[open..].IndexOf("}}");
            if (close < 0)
            {
                return text.Append(rest).ToString();
            }

            text.Append(rest[..open]).Append(labels[rest.Slice(open + 2, close - 2).Trim().ToString()]);
            rest = rest[(open + close + 2)..];
        }
    }
}
