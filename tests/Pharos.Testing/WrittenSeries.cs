using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Testing;

/// <summary>A series message of a write request, of either version.</summary>
/// <param name="Labels">Its labels, sorted as they came.</param>
/// <param name="Samples">Time, value, start.</param>
/// <param name="Exemplars">Its exemplars.</param>
/// <param name="Type">Of its metadata.</param>
/// <param name="Unit">Of its metadata.</param>
/// <param name="Help">Of its metadata.</param>
/// <param name="Histograms">Histogram messages, undecoded.</param>
public sealed record WrittenSeries(
    Labels Labels,
    IReadOnlyList<(long Time, double Value, long Start)> Samples,
    IReadOnlyList<Exemplar> Exemplars,
    MetricType Type,
    string Unit,
    string Help,
    IReadOnlyList<byte[]> Histograms);
