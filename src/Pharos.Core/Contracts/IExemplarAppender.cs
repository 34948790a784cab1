namespace Pharos.Core.Contracts;

/// <summary>Takes exemplars in. Thread-safe. A refused exemplar is no failure of the samples it came with.</summary>
public interface IExemplarAppender
{
    /// <summary>Whether exemplars are kept at all now; if not, making them is wasted.</summary>
    bool KeepsExemplars { get; }

    /// <summary>
    /// Stores what is new, in this order; where the store is full the oldest give way. What is out of order or already there is left out, by upstream's rules.
    /// Exemplars of one source come after its samples, so that their series are known.
    /// </summary>
    ExemplarSummary AppendExemplars(ReadOnlySpan<SeriesExemplar> exemplars);
}
