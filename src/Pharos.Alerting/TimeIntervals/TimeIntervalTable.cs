namespace Pharos.Alerting.TimeIntervals;

/// <summary>Intervals by name; a name stands for all of its intervals together. Immutable, usable from any thread.</summary>
public sealed class TimeIntervalTable(IReadOnlyDictionary<string, IReadOnlyList<TimeInterval>> intervals)
{
    /// <summary>No names.</summary>
    public static TimeIntervalTable Empty { get; } = new(new Dictionary<string, IReadOnlyList<TimeInterval>>());

    /// <summary>The names, in no particular order.</summary>
    public IEnumerable<string> Names => intervals.Keys;

    /// <summary>Whether there is an interval of the name.</summary>
    public bool Has(string name) => intervals.ContainsKey(name);

    /// <summary>Those of the names in whose intervals a moment is, in their order; a name that is not there has none.</summary>
    /// <param name="names">As a route has them.</param>
    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    public IReadOnlyList<string> Containing(IReadOnlyList<string> names, long timestamp) =>
        [.. names.Where(name => intervals.TryGetValue(name, out IReadOnlyList<TimeInterval>? list) && list.Any(i => i.Contains(timestamp)))];
}
