using Pharos.Core.Labels;
using Pharos.PromQL.Syntax.Series;

namespace Pharos.Conformance.Scripts;

/// <summary>One series of a load block.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Values">A value a position.</param>
/// <param name="Starts">Milliseconds from each sample to its start timestamp, null at positions without; null when the block names none.</param>
internal sealed record LoadedSeries(Labels Labels, IReadOnlyList<SeriesValue> Values, IReadOnlyList<long?>? Starts);
