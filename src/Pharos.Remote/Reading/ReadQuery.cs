namespace Pharos.Remote.Reading;

/// <summary>One question of a request.</summary>
/// <param name="StartMs">First time, milliseconds.</param>
/// <param name="EndMs">Last time, included.</param>
/// <param name="Matchers">All must hold.</param>
/// <param name="Hints">What the asker said of its intentions.</param>
internal sealed record ReadQuery(long StartMs, long EndMs, IReadOnlyList<ReadMatcher> Matchers, ReadHints? Hints = null)
{
    /// <summary>The times whose samples are wanted: those of the hints where there are any, as upstream.</summary>
    public (long Start, long End) Range => Hints is { } hints && (hints.StartMs != 0 || hints.EndMs != 0) ? (hints.StartMs, hints.EndMs) : (StartMs, EndMs);
}
