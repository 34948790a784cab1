using Pharos.Core.Labels;

namespace Pharos.PromQL.Syntax.Series;

/// <summary>A series as test scripts write it: its labels and the values at equal distances of time.</summary>
public sealed record SeriesDescription(Labels Labels, IReadOnlyList<SeriesValue> Values);
