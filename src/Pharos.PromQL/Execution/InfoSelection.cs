using Pharos.Core.Labels;
using Pharos.Core.Matching;

namespace Pharos.PromQL.Execution;

/// <summary>What the second argument of <c>info</c> asks for, with upstream's defaults. Immutable.</summary>
internal sealed class InfoSelection
{
    private readonly Matcher[] _names;
    private readonly Matcher[] _data;
    private readonly HashSet<string> _dataNames;

    public InfoSelection(IReadOnlyList<Matcher>? written)
    {
        _names = Names([.. (written ?? []).Where(static m => m.Name == Label.MetricName)]);
        _data = [.. (written ?? []).Where(static m => m.Name != Label.MetricName)];
        _dataNames = new HashSet<string>(_data.Select(static m => m.Name), StringComparer.Ordinal);
    }

    /// <summary>The matchers that select info series.</summary>
    public IReadOnlyList<Matcher> Matchers => [.. _data, .. _names];

    /// <summary>Whether a series stays in the result when no info series goes with it.</summary>
    public bool KeepsUnmatched => Array.TrueForAll(_data, static m => m.MatchesEmpty);

    /// <summary>Whether a metric of this name is an info metric itself, which gets no labels.</summary>
    public bool IsInfo(string metricName) => Array.TrueForAll(_names, m => m.Matches(metricName));

    /// <summary>Whether a label of an info series is handed over.</summary>
    public bool Takes(string label) => label != Label.MetricName && (_dataNames.Count == 0 || _dataNames.Contains(label));

    private static Matcher[] Names(Matcher[] written)
    {
        if (Array.Exists(written, static m => m.Type is Core.Matching.MatchType.Equal or Core.Matching.MatchType.Match))
        {
            return written;
        }

        return written.Length > 0
            ? [new Matcher(Core.Matching.MatchType.Match, Label.MetricName, ".+_info"), .. written]
            : [new Matcher(Core.Matching.MatchType.Equal, Label.MetricName, "target_info")];
    }
}
