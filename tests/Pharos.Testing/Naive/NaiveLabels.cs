using System.Text.RegularExpressions;
using Pharos.Core.Labels;
using Pharos.Testing.Queries;
using MatchType = Pharos.Core.Matching.MatchType;
using Matcher = Pharos.Core.Matching.Matcher;

namespace Pharos.Testing.Naive;

/// <summary>What functions do to labels.</summary>
internal static class NaiveLabels
{
    public static Labels Keep(Labels labels, IEnumerable<string> names) => Labels.Of([.. labels.Where(l => names.Contains(l.Name))]);

    public static Labels Drop(Labels labels, params IEnumerable<string> names) => Labels.Of([.. labels.Where(l => !names.Contains(l.Name))]);

    public static Labels DropName(Labels labels) => Drop(labels, Label.MetricName);

    public static List<Element> DropNames(List<Element> elements) => [.. elements.Select(static e => e with { Labels = DropName(e.Labels) })];

    /// <summary>A label that one equality names, and no other matcher, is known of what is absent.</summary>
    public static Labels OfAbsent(Term term)
    {
        IReadOnlyList<Matcher> matchers = term switch
        {
            SelectorTerm selector => selector.Matchers,
            RangeTerm range => range.Selector.Matchers,
            _ => [],
        };
        return Labels.Of([.. matchers
            .Where(m => m.Type == MatchType.Equal && m.Name != Label.MetricName && matchers.Count(other => other.Name == m.Name) == 1)
            .Select(static m => new Label(m.Name, m.Value))]);
    }

    public static List<Element> Join(List<Element> elements, string target, string separator, string[] sources) =>
        [.. elements.Select(e => e with { Labels = new LabelsBuilder(e.Labels).Set(target, string.Join(separator, sources.Select(s => e.Labels[s]))).ToLabels() })];

    public static List<Element> Replace(List<Element> elements, string target, string replacement, string source, string pattern) =>
        [.. elements.Select(e =>
        {
            Match match = Regex.Match(e.Labels[source], $"^(?s:{pattern})$", RegexOptions.None, TimeSpan.FromSeconds(1));
            return match.Success ? e with { Labels = new LabelsBuilder(e.Labels).Set(target, match.Result(replacement)).ToLabels() } : e;
        })];
}
