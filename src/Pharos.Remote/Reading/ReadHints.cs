namespace Pharos.Remote.Reading;

/// <summary>What the asker does with what it reads. Times in milliseconds since the Unix epoch.</summary>
internal sealed record ReadHints
{
    /// <summary>The function that only wants to know which series there are.</summary>
    public const string SeriesOnly = "series";

    public long StartMs { get; init; }

    public long EndMs { get; init; }

    public long StepMs { get; init; }

    /// <summary>The function or aggregation around the selector.</summary>
    public string Function { get; init; } = "";

    public IReadOnlyList<string> Grouping { get; init; } = [];

    /// <summary>Whether the grouping is by its labels or without them.</summary>
    public bool IsBy { get; init; }

    public long RangeMs { get; init; }
}
