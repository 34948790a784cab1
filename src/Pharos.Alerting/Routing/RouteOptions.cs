using Pharos.Core.Labels;

namespace Pharos.Alerting.Routing;

/// <summary>What is in effect at a route: its own settings, else those of the routes above. Immutable.</summary>
public sealed record RouteOptions
{
    /// <summary>What holds where no route says otherwise.</summary>
    public static RouteOptions Default { get; } = new();

    public string Receiver { get; init; } = "";

    /// <summary>Labels that alerts are grouped by, sorted.</summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>Every label counts for grouping.</summary>
    public bool GroupByAll { get; init; }

    /// <summary>From a group's first alert to its first message.</summary>
    public TimeSpan GroupWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between messages of a group that changed.</summary>
    public TimeSpan GroupInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Until an unchanged group is told again.</summary>
    public TimeSpan RepeatInterval { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Names of intervals in which nothing is sent; not inherited.</summary>
    public IReadOnlyList<string> MuteTimeIntervals { get; init; } = [];

    /// <summary>Names of intervals outside which nothing is sent; not inherited; none: always.</summary>
    public IReadOnlyList<string> ActiveTimeIntervals { get; init; } = [];

    /// <summary>Own and inherited labels; values may be templates.</summary>
    public Labels Labels { get; init; } = Labels.Empty;
}
