using Pharos.Core.Samples;

namespace Pharos.Core.Contracts;

/// <summary>What was asked for of one series.</summary>
/// <param name="Series">Its labels.</param>
/// <param name="Exemplars">One at least, by ascending timestamps.</param>
public sealed record ExemplarsOfSeries(Labels.Labels Series, IReadOnlyList<Exemplar> Exemplars);
