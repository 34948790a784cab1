namespace Pharos.Remote.Receiving;

/// <summary>What of a request was stored, as the answer to version 2 says in its headers.</summary>
/// <param name="Samples">Samples of numbers.</param>
/// <param name="Histograms">Native histograms.</param>
/// <param name="Exemplars">Exemplars.</param>
public readonly record struct WrittenCounts(int Samples, int Histograms, int Exemplars);
