using Pharos.Alerting.Matchers;
using Pharos.Config;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Configuration;

/// <summary>A node of the routing tree as it is written; what is null is inherited.</summary>
public sealed record RouteConfig
{
    /// <summary>Empty: the parent's.</summary>
    public string Receiver { get; init; } = "";

    /// <summary>The labels of <c>group_by</c>, in their order; null where the field is absent or has <c>...</c>.</summary>
    public IReadOnlyList<string>? GroupBy { get; init; }

    /// <summary><c>group_by</c> is <c>['...']</c>: every set of labels is its own group.</summary>
    public bool GroupByAll { get; init; }

    /// <summary>Of <c>match</c>, <c>match_re</c> and <c>matchers</c> together, in upstream's order.</summary>
    public IReadOnlyList<AlertMatcher> Matchers { get; init; } = [];

    public IReadOnlyList<string> MuteTimeIntervals { get; init; } = [];

    public IReadOnlyList<string> ActiveTimeIntervals { get; init; } = [];

    public bool Continue { get; init; }

    public IReadOnlyList<RouteConfig> Routes { get; init; } = [];

    public TimeSpan? GroupWait { get; init; }

    public TimeSpan? GroupInterval { get; init; }

    public TimeSpan? RepeatInterval { get; init; }

    /// <summary>Values may be templates; children inherit them.</summary>
    public Labels Labels { get; init; } = Labels.Empty;

    /// <summary>Where it begins in the file.</summary>
    public TextPosition Position { get; init; }
}
