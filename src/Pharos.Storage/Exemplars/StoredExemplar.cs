using Pharos.Core.Samples;

namespace Pharos.Storage.Exemplars;

/// <summary>An exemplar in the store, with the series it belongs to.</summary>
internal readonly record struct StoredExemplar(Exemplar Exemplar, ExemplarSeries Series);
