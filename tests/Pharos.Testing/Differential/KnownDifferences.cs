using System.Text.RegularExpressions;

namespace Pharos.Testing.Differential;

/// <summary>Where Prometheus 3.5 is not what Pharos follows, which is 3.14, case by case.</summary>
public static partial class KnownDifferences
{
    /// <summary>What is taken out of the answers before they are compared.</summary>
    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new("3.5 does not warn that sorting has no effect in a range query; 3.12 does (prometheus/prometheus#18498)", static (query, prometheus, pharos) =>
            (prometheus, query.IsInstant ? pharos : WithTexts(pharos, static text => !text.Contains("sort is ineffective for range queries", StringComparison.Ordinal), Same))),
        new("3.5 names a metric in what it tells of classic buckets, if only \"\"; 3.14 does so where names are dropped late", static (_, prometheus, pharos) =>
            (WithTexts(prometheus, Any, static text => AboutBuckets().IsMatch(text) ? MetricName().Replace(text, "") : text), pharos)),
        new("3.5 does not tell which buckets of a histogram were not monotonic, and when; 3.10 does (prometheus/prometheus#15578)", static (_, prometheus, pharos) =>
            (prometheus, WithTexts(pharos, Any, static text => WhichBuckets().Replace(text, "")))),
    ];

    private static Answer WithTexts(Answer answer, Func<string, bool> keep, Func<string, string> rewrite) => answer with
    {
        Warnings = [.. answer.Warnings.Where(keep).Select(rewrite).Order(StringComparer.Ordinal)],
        Infos = [.. answer.Infos.Where(keep).Select(rewrite).Order(StringComparer.Ordinal)],
    };

    private static bool Any(string text) => true;

    private static string Same(string text) => text;

    [GeneratedRegex("bucket label \"le\" is missing|needed to be fixed for monotonicity")]
    private static partial Regex AboutBuckets();

    [GeneratedRegex(" for metric name \"[^\"]*\"")]
    private static partial Regex MetricName();

    [GeneratedRegex(", from buckets .* over [0-9]+ samples from \\S+ to \\S+")]
    private static partial Regex WhichBuckets();
}
