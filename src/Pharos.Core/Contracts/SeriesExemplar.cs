using Pharos.Core.Samples;

namespace Pharos.Core.Contracts;

/// <summary>An exemplar on its way into the store.</summary>
/// <param name="Series">The series it belongs to, whose sample was appended before.</param>
/// <param name="Exemplar">What was observed.</param>
public readonly record struct SeriesExemplar(SeriesRef Series, Exemplar Exemplar);
