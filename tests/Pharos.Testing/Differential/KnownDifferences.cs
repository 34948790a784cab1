using System.Globalization;
using System.Text.RegularExpressions;
using Pharos.Testing.Queries;
using Match = System.Text.RegularExpressions.Match;
using Matcher = Pharos.Core.Matching.Matcher;

namespace Pharos.Testing.Differential;

/// <summary>Where Prometheus 3.5 is not what Pharos follows, which is 3.14, case by case.</summary>
public static partial class KnownDifferences
{
    /// <summary>What is taken out of the answers before they are compared.</summary>
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        // What is told.
        new("3.5 does not warn that sorting has no effect in a range query; 3.12 does (prometheus/prometheus#18498)", static (_, prometheus, pharos) =>
            (prometheus, WithTexts(pharos, static texts => texts.Where(static t => !t.Contains("sort is ineffective for range queries", StringComparison.Ordinal))))),
        new("3.5 names a metric in what it tells of classic buckets, if only \"\"; 3.14 does so where names are dropped late", static (_, prometheus, pharos) =>
            (WithTexts(prometheus, static texts => texts.Select(static t => AboutBuckets().IsMatch(t) ? MetricName().Replace(t, "") : t)
                .GroupBy(WithoutPosition, static (_, same) => same.MaxBy(PositionOf)!)), pharos)),
        new("3.5 does not tell which buckets of a histogram were not monotonic, and when; 3.10 does (prometheus/prometheus#15578)", static (_, prometheus, pharos) =>
            (prometheus, WithTexts(pharos, static texts => texts.Select(static t => WhichBuckets().Replace(t, ""))))),
        new("3.5 evaluates a subquery also beyond the last step of a range, and tells of values there; 3.13 does not (prometheus/prometheus#18081)", static (query, prometheus, pharos) =>
            AdjustBoth(prometheus, pharos, !query.IsInstant && HasSubquery(query), static t => Value().Replace(t, ""))),
        new("3.5 tells of the last of several histograms that were not monotonic where it stands, 3.10 of the first", static (query, prometheus, pharos) =>
            AdjustBoth(prometheus, pharos, applies: true, static t => AboutBuckets().IsMatch(t) && t.StartsWith("PromQL info", StringComparison.Ordinal) ? WithoutPosition(t) : t)),
        new("of equal warnings about quantiles within quantiles upstream tells the place of the outer, Pharos that of the inner", static (_, prometheus, pharos) =>
            AdjustBoth(prometheus, pharos, applies: true, static t => t.Contains("quantile value should be", StringComparison.Ordinal) ? WithoutPosition(t) : t)),
        new("a fault: upstream forgets where a subquery stands once it is evaluated, and tells of it at 1:1", static (query, prometheus, pharos) =>
            AdjustBoth(prometheus, pharos, HasSubquery(query), WithoutPosition)),
        new("of more than ten annotations upstream leaves out any, by the order of a Go map", static (_, prometheus, pharos) =>
            prometheus.Warnings.Concat(prometheus.Infos).Any(static t => t.Contains("annotations omitted", StringComparison.Ordinal))
                ? (WithTexts(prometheus, static _ => []), WithTexts(pharos, static _ => [])) : (prometheus, pharos)),

        // What is refused.
        new("3.5 notices only some of the matches that a comparison would have to answer many to one; 3.8 notices all (prometheus/prometheus#17668)", static (_, prometheus, pharos) =>
            AsPharos(prometheus, pharos, !prometheus.IsError && pharos.Error.StartsWith("multiple matches for labels", StringComparison.Ordinal))),
        new("3.5 refuses label_replace, label_join and a minus sign when two results have the same labels though never at one step; 3.8 joins them (#17703, #17708)", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, !query.IsInstant && !pharos.IsError && prometheus.Error == "vector cannot contain metrics with the same labelset"
                && query.Query.Any(static t => t is CallTerm { Name: "label_replace" or "label_join" or "-" }))),
        new("3.5 looks at the parameter of topk, bottomk, limitk and limit_ratio when it has a sample, and with other words; 3.14 before", static (_, prometheus, pharos) =>
            AsPharos(prometheus, pharos, (prometheus.Error.Length == 0 || AboutParameter().IsMatch(prometheus.Error)) && AboutParameter().IsMatch(pharos.Error))),
        new("of two errors in one query upstream tells the one further left, Pharos one that shows before there are values", static (_, prometheus, pharos) =>
            AsPharos(prometheus, pharos, pharos.IsError && AboutFactor().IsMatch(prometheus.Error))),

        // What is computed.
        new("a fault: upstream evaluates an aggregation over samples fixed by @ once, though its parameter is another at each step", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, (!query.IsInstant || HasSubquery(query)) && query.Query.Any(static t => t is AggregateTerm { Parameter: not (null or NumberTerm or TextTerm) } a && a.Inner.Any(IsFixed)))),
        new("a fault: upstream's storage changes the order of a selector's matchers, by which absent decides between two of one label", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, query.Query.Any(static t => t is CallTerm { Name: "absent" or "absent_over_time" } call && call.Parts[0].Any(NamesLabelTwice)))),
        new("a fault: two subqueries deep upstream looks at another time than @ says", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, query.Query.Any(static t => t is SubqueryTerm outer && outer.Inner.Any(static i => i is SubqueryTerm inner && inner.Inner.Any(IsFixed))))),
    ];

    /// <summary>The first difference between the answers of Prometheus and of Pharos that is not a known one, or null.</summary>
    public static string? DifferenceBeyond(QueryCase query, Answer prometheus, Answer pharos)
    {
        foreach (KnownDifference known in All)
        {
            (prometheus, pharos) = known.Adjust(query, prometheus, pharos);
        }

        return AnswerComparison.Difference(prometheus, pharos, query.IsOrdered);
    }

    private static (Answer Prometheus, Answer Pharos) AsPharos(Answer prometheus, Answer pharos, bool applies) => applies ? (pharos, pharos) : (prometheus, pharos);

    private static (Answer Prometheus, Answer Pharos) AdjustBoth(Answer prometheus, Answer pharos, bool applies, Func<string, string> rewrite) => applies
        ? (WithTexts(prometheus, texts => texts.Select(rewrite).Distinct()), WithTexts(pharos, texts => texts.Select(rewrite).Distinct()))
        : (prometheus, pharos);

    private static bool HasSubquery(QueryCase query) => query.Query.Any(static t => t is SubqueryTerm);

    private static bool IsFixed(Term term) => term is SelectorTerm { Shift: { At: not null } or { Word: not null } }
        or RangeTerm { Selector.Shift: { At: not null } or { Word: not null } } or SubqueryTerm { Shift: { At: not null } or { Word: not null } };

    private static bool NamesLabelTwice(Term term)
    {
        IReadOnlyList<Matcher> matchers = term is SelectorTerm selector ? selector.Matchers : term is RangeTerm range ? range.Selector.Matchers : [];
        return matchers.Count > matchers.DistinctBy(static m => m.Name).Count();
    }

    private static string WithoutPosition(string text) => Position().Replace(text, "");

    private static (int Line, int Column) PositionOf(string text)
    {
        Match match = Position().Match(text);
        return match.Success ? (Number(match.Groups[1]), Number(match.Groups[2])) : default;
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    private static Answer WithTexts(Answer answer, Func<IEnumerable<string>, IEnumerable<string>> rewrite) => answer with
    {
        Warnings = [.. rewrite(answer.Warnings).Order(StringComparer.Ordinal)],
        Infos = [.. rewrite(answer.Infos).Order(StringComparer.Ordinal)],
    };

    [GeneratedRegex("bucket label \"le\" is missing|needed to be fixed for monotonicity")]
    private static partial Regex AboutBuckets();

    [GeneratedRegex(" for metric name \"[^\"]*\"")]
    private static partial Regex MetricName();

    [GeneratedRegex(" \\(([0-9]+):([0-9]+)\\)$")]
    private static partial Regex Position();

    [GeneratedRegex("(?<=, got )[^ ,]+")]
    private static partial Regex Value();

    [GeneratedRegex("^invalid (smoothing|trend) factor")]
    private static partial Regex AboutFactor();

    [GeneratedRegex("^(Parameter value is NaN|Ratio value .*is NaN|Scalar value \\S+ (over|under)flows int64)$")]
    private static partial Regex AboutParameter();

    [GeneratedRegex(", from buckets .* over [0-9]+ samples from \\S+ to \\S+")]
    private static partial Regex WhichBuckets();
}
