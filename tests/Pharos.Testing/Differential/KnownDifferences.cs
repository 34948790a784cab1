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
        // Before anything is taken out of the texts.
        new("3.5 adds and subtracts histograms whose counter resets contradict each other; 3.7 warns and leaves them out", static (_, prometheus, pharos) =>
            AsPharos(prometheus, pharos, pharos.Warnings.Any(static t => AboutContradiction().IsMatch(t)))),
        new("where only count and sum are wanted 3.5 and 3.14 differ in which selectors skip buckets, in what is left of a histogram then, and so in which operands go together", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, query.Query.Any(static t => t is CallTerm { Name: "histogram_count" or "histogram_sum" or "histogram_avg" }
                && t.Any(static p => p is BinaryTerm or AggregateTerm) && Mentions(t, "native_", "custom_", "mixed_")))),

        // What is told.
        new("3.5 does not warn that sorting has no effect in a range query; 3.12 does (prometheus/prometheus#18498)", static (_, prometheus, pharos) =>
            (prometheus, Without(pharos, "sort is ineffective for range queries"))),
        new("3.5 does not warn that counter resets of added histograms contradict each other; 3.7 does", static (_, prometheus, pharos) =>
            (Without(prometheus, "conflicting counter resets during histogram"), Without(pharos, "conflicting counter resets during histogram"))),
        new("3.5 forgets that a difference of histograms is a gauge, and one times a negative number too (prometheus/prometheus#17608)", static (query, prometheus, pharos) => query.Query.Any(static t => t is BinaryTerm { Operator: "-" or "*" or "/" } or CallTerm { Name: "-" })
            ? (Without(prometheus, "this native histogram metric is not a"), Without(pharos, "this native histogram metric is not a")) : (prometheus, pharos)),
        new("3.5 does not tell that custom buckets of other bounds were reconciled; 3.8 does (prometheus/prometheus#17278)", static (_, prometheus, pharos) =>
            (Without(prometheus, "mismatched custom buckets were reconciled"), Without(pharos, "mismatched custom buckets were reconciled"))),
        new("3.5 names a metric in what it tells of classic buckets, if only \"\"; 3.7 does so where names are dropped late", static (_, prometheus, pharos) =>
            (WithTexts(prometheus, WithoutNames), WithTexts(pharos, WithoutNames))),
        new("3.5 does not tell which buckets of a histogram were not monotonic, and when; 3.10 does (prometheus/prometheus#15578)", static (_, prometheus, pharos) =>
            (prometheus, WithTexts(pharos, static texts => texts.Select(static t => WhichBuckets().Replace(t, ""))))),
        new("3.5 evaluates a subquery also beyond the last step of a range, and tells of values there; 3.13 does not (prometheus/prometheus#18081)", static (query, prometheus, pharos) =>
            !query.IsInstant && HasSubquery(query)
                ? (prometheus with { Warnings = OnlyOf(pharos.Warnings, prometheus.Warnings), Infos = OnlyOf(pharos.Infos, prometheus.Infos) }, pharos) : (prometheus, pharos)),
        new("3.5 tells of the last of several histograms that were not monotonic where it stands, 3.10 of the first", static (query, prometheus, pharos) =>
            AdjustBoth(prometheus, pharos, applies: true, static t => AboutBuckets().IsMatch(t) && t.StartsWith("PromQL info", StringComparison.Ordinal) ? WithoutPosition(t) : t)),
        new("of equal annotations of an expression and of one within it upstream tells the place of the outer, which it evaluates last, Pharos the one further right", static (_, prometheus, pharos) =>
            AdjustBoth(prometheus, pharos, AreFurtherRight(prometheus.Warnings, pharos.Warnings) && AreFurtherRight(prometheus.Infos, pharos.Infos), WithoutPosition)),
        new("a fault: upstream forgets where a subquery stands once it is evaluated, and tells of it at 1:1", static (query, prometheus, pharos) =>
            AdjustBoth(prometheus, pharos, HasSubquery(query), WithoutPosition)),
        new("of more than ten annotations upstream leaves out any, by the order of a Go map", static (_, prometheus, pharos) =>
            prometheus.Warnings.Concat(prometheus.Infos).Any(static t => t.Contains("annotations omitted", StringComparison.Ordinal))
                ? (WithTexts(prometheus, static _ => []), WithTexts(pharos, static _ => [])) : (prometheus, pharos)),

        // What is refused.
        new("3.5 notices only some of the matches that a comparison would have to answer many to one; 3.9 notices all (prometheus/prometheus#17668)", static (_, prometheus, pharos) =>
            AsPharos(prometheus, pharos, pharos.Error.StartsWith("multiple matches for labels", StringComparison.Ordinal))),
        new("3.5 refuses label_replace, label_join and a minus sign when two results have the same labels though never at one step; 3.9 joins them (#17703, #17708)", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, !query.IsInstant && !pharos.IsError && prometheus.Error == "vector cannot contain metrics with the same labelset"
                && query.Query.Any(static t => t is CallTerm { Name: "label_replace" or "label_join" or "-" }))),
        new("3.5 looks at the parameter of topk, bottomk, limitk and limit_ratio when it has a sample, and with other words; 3.6 before", static (_, prometheus, pharos) =>
            AsPharos(prometheus, pharos, AboutParameter().IsMatch(pharos.Error))),
        new("which of several duplicates an error names follows from the order of elements between operators, which upstream does not define", static (_, prometheus, pharos) =>
            AsPharos(prometheus, pharos, DuplicatesOf(prometheus).Length > 0 && DuplicatesOf(prometheus) == DuplicatesOf(pharos))),
        new("of two errors in one query upstream tells the one further left, Pharos one that shows before there are values", static (_, prometheus, pharos) =>
            AsPharos(prometheus, pharos, pharos.IsError && AboutFactor().IsMatch(prometheus.Error))),

        // What is computed.
        new("a fault: upstream evaluates an aggregation over samples fixed by @ once, though its parameter is another at each step", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, (!query.IsInstant || HasSubquery(query)) && query.Query.Any(static t => t is AggregateTerm { Parameter: not (null or NumberTerm or TextTerm) } a && a.Inner.Any(IsFixed)))),
        new("a fault: upstream's storage changes the order of a selector's matchers, by which absent decides between two of one label", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, query.Query.Any(static t => t is CallTerm { Name: "absent" or "absent_over_time" } call && call.Parts[0].Any(NamesLabelTwice)))),
        new("Prometheus' store keeps empty buckets between others, which are seen where all counts are NaN or infinite", static (_, prometheus, pharos) =>
            (WithFiniteHistograms(prometheus), WithFiniteHistograms(pharos))),
        new("what changes and functions for counters make of histograms hangs on empty buckets that Prometheus' store adds, and 3.5 extends rates of histograms below zero, which 3.6 does not", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, query.Query.Any(static t => t is CallTerm { Name: "rate" or "increase" or "irate" or "resets" or "changes" } call
                && (Mentions(call, "native_gauge") || (call.Name == "changes" && Mentions(call, "native_", "custom_", "mixed_")) || (call.Parts[0] is SubqueryTerm && Mentions(call, "native_", "custom_seconds", "mixed_seconds")))))),
        new("a fault: in the parameter of an aggregation upstream fixes nothing by @ but at the first step", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, (!query.IsInstant || HasSubquery(query)) && query.Query.Any(static t => t is AggregateTerm { Parameter: { } parameter } && parameter.Any(IsFixed)))),
        new("a fault: where a sample is as old as the look-back from the query's time, timestamp() of a selector with @ and an offset loses it", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, query.Query.Any(static t => t is CallTerm { Name: "timestamp" } call && call.Parts[0] is SelectorTerm { Shift.Offset: not 0 } selector && IsFixed(selector)))),
        new("a fault: 3.5 now and then adds up other counts than it answers for the same subquery, until it is started again", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, query.Query.Any(static t => t is CallTerm { Name: "sum_over_time" or "avg_over_time" } call && call.Parts[0] is SubqueryTerm && Mentions(call, "custom_seconds")))),
        new("3.5 averages histograms one by one and rounds each time, newer versions add them up exactly and divide once: that decides where a quantile falls on the bound of two buckets", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, query.Query.Any(static t => t is CallTerm { Name: "histogram_quantile" or "histogram_fraction" } call
                && call.Any(static i => i is AggregateTerm { Name: "avg" } average && Mentions(average, "native_", "custom_", "mixed_"))))),
        new("limitk takes the first elements, and those of another limitk or limit_ratio stand in an order by value upstream, by labels here", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, query.Query.Any(static t => t is AggregateTerm { Name: "limitk" } outer
                && outer.Inner.Any(static i => i is AggregateTerm { Name: "limitk" or "limit_ratio" })))),
        new("a fault: two subqueries deep upstream looks at another time than @ says", static (query, prometheus, pharos) =>
            AsPharos(prometheus, pharos, query.Query.Any(static t => t is SubqueryTerm outer && outer.Inner.Any(static i => i is SubqueryTerm inner && inner.Inner.Any(IsFixed))))),
    ];

    /// <summary>The first difference between the answers of Prometheus and of Pharos that is not a known one, or null.</summary>
    public static string? DifferenceBeyond(QueryCase query, Answer prometheus, Answer pharos)
    {
        foreach (KnownDifference known in All)
        {
            (prometheus, pharos) = known.Adjust(query, prometheus, pharos);
            if (ReferenceEquals(prometheus, pharos))
            {
                return null;
            }
        }

        return AnswerComparison.Difference(prometheus, pharos, query.IsOrdered);
    }

    private static (Answer Prometheus, Answer Pharos) AsPharos(Answer prometheus, Answer pharos, bool applies) => applies ? (pharos, pharos) : (prometheus, pharos);

    private static (Answer Prometheus, Answer Pharos) AdjustBoth(Answer prometheus, Answer pharos, bool applies, Func<string, string> rewrite) => applies
        ? (WithTexts(prometheus, texts => texts.Select(rewrite).Distinct()), WithTexts(pharos, texts => texts.Select(rewrite).Distinct()))
        : (prometheus, pharos);

    // What a refusal says of duplicates before it names two of them.
    private static string DuplicatesOf(Answer answer) =>
        answer.Error.StartsWith("found duplicate series", StringComparison.Ordinal) ? answer.Error[..answer.Error.IndexOf(": [", StringComparison.Ordinal)] : "";

    private static bool HasSubquery(QueryCase query) => query.Query.Any(static t => t is SubqueryTerm);

    private static bool IsFixed(Term term) => term is SelectorTerm { Shift: { At: not null } or { Word: not null } }
        or RangeTerm { Selector.Shift: { At: not null } or { Word: not null } } or SubqueryTerm { Shift: { At: not null } or { Word: not null } };

    // What is then the same text is told once, at the last place.
    private static IEnumerable<string> WithoutNames(IEnumerable<string> texts) => texts
        .Select(static t => AboutBuckets().IsMatch(t) ? MetricName().Replace(t, "") : t)
        .GroupBy(WithoutPosition, static (_, same) => same.MaxBy(PositionOf)!);

    // The texts that are there as well, but for positions and values; as they are there.
    private static string[] OnlyOf(IReadOnlyList<string> there, IReadOnlyList<string> texts)
    {
        static string Bare(string text) => Value().Replace(WithoutPosition(text), "");
        ILookup<string, string> known = there.ToLookup(Bare, StringComparer.Ordinal);
        return [.. texts.Select(Bare).Distinct(StringComparer.Ordinal).SelectMany(t => known[t])];
    }

    private static bool Mentions(Term term, params string[] names) => names.Any(n => term.ToString().Contains(n, StringComparison.Ordinal));

    private static Answer WithFiniteHistograms(Answer answer) => answer with
    {
        Series = [.. answer.Series
            .Select(static s => s with { Points = [.. s.Points.Where(static p => p.Numbers.Count < 2 || double.IsFinite(p.Numbers[0]))] })
            .Where(static s => s.Points.Count > 0)],
    };

    // Whether these are the same texts, none of them further left than there.
    private static bool AreFurtherRight(IReadOnlyList<string> texts, IReadOnlyList<string> others) => texts.Count == others.Count
        && texts.OrderBy(WithoutPosition, StringComparer.Ordinal).Zip(others.OrderBy(WithoutPosition, StringComparer.Ordinal))
            .All(static p => WithoutPosition(p.First) == WithoutPosition(p.Second) && PositionOf(p.First).CompareTo(PositionOf(p.Second)) <= 0);

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

    private static Answer Without(Answer answer, string part) => WithTexts(answer, texts => texts.Where(t => !t.Contains(part, StringComparison.Ordinal)));

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

    [GeneratedRegex("conflicting counter resets during histogram (addition|subtraction)")]
    private static partial Regex AboutContradiction();

    [GeneratedRegex("(?<=, got )[^ ,]+")]
    private static partial Regex Value();

    [GeneratedRegex("^invalid (smoothing|trend) factor")]
    private static partial Regex AboutFactor();

    [GeneratedRegex("^(Parameter value is NaN|Ratio value .*is NaN|Scalar value \\S+ (over|under)flows int64)$")]
    private static partial Regex AboutParameter();

    [GeneratedRegex(", from buckets .* over [0-9]+ samples from \\S+ to \\S+")]
    private static partial Regex WhichBuckets();
}
