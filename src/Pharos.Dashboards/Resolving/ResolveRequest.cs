namespace Pharos.Dashboards.Resolving;

/// <summary>What a dashboard is resolved for.</summary>
public sealed record ResolveRequest
{
    /// <summary>The start of the shown time, milliseconds since the Unix epoch.</summary>
    public required long From { get; init; }

    /// <summary>Its end.</summary>
    public required long To { get; init; }

    /// <summary>What is chosen, by the variable's name; others take what the file says.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Variables { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>A dashboard that refreshes more often is slowed down to this.</summary>
    public TimeSpan MinRefresh { get; init; } = TimeSpan.FromSeconds(5);
}
