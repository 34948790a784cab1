using Pharos.Core.Labels;

namespace Pharos.Alerting.Matchers;

/// <summary>Lists of matchers that must all hold.</summary>
public static class AlertMatchers
{
    /// <summary>Whether every matcher holds; none at all hold for every set.</summary>
    public static bool Matches(this IReadOnlyList<AlertMatcher> matchers, Labels labels)
    {
        for (int i = 0; i < matchers.Count; i++)
        {
            if (!matchers[i].Matches(labels))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>In upstream's order.</summary>
    public static IReadOnlyList<AlertMatcher> Sorted(IEnumerable<AlertMatcher> matchers)
    {
        List<AlertMatcher> sorted = [.. matchers];
        sorted.Sort(AlertMatcher.Compare);
        return sorted;
    }

    /// <summary>Upstream's text form, <c>{a="b",c=~"d"}</c>.</summary>
    public static string Format(this IReadOnlyList<AlertMatcher> matchers) => "{" + string.Join(',', matchers) + "}";
}
