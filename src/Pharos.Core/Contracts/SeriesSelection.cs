using Pharos.Core.Matching;

namespace Pharos.Core.Contracts;

/// <summary>Which series and which time a reader wants.</summary>
/// <param name="Matchers">All must hold; none at all selects every series.</param>
/// <param name="MinTime">Milliseconds, inclusive: series without a sample in the range may be left out.</param>
/// <param name="MaxTime">Milliseconds, inclusive.</param>
public sealed record SeriesSelection(IReadOnlyList<Matcher> Matchers, long MinTime, long MaxTime);
