using Pharos.Core.Contracts;

namespace Pharos.Remote.Receiving;

/// <summary>What serving one request needs; used by one request at a time and then again by another.</summary>
internal sealed class WriteScratch
{
    // Larger ones are left to the garbage collector, so that one huge request does not hold its memory for ever.
    private const int MaxKeptSamples = 100_000;

    public SampleBatch Batch { get; } = new(2048);

    /// <summary>The series that have samples in the batch, in its order.</summary>
    public List<SeriesSlot> Slots { get; } = new(2048);

    public List<PendingSeries> Pending { get; } = [];

    /// <summary>The exemplars of series that are known or made.</summary>
    public List<SeriesExemplar> Exemplars { get; } = [];

    public WriteErrors Errors { get; } = new();

    /// <summary>Reads one histogram after another.</summary>
    public HistogramMessage Histogram { get; } = new();

    /// <summary>Why histograms of the series that is read were left out.</summary>
    public List<string> RefusedHistograms { get; } = [];

    /// <summary>Whether it may be used again.</summary>
    public bool IsWorthKeeping => Batch.Count <= MaxKeptSamples && Slots.Count <= MaxKeptSamples && Pending.Capacity <= MaxKeptSamples
        && Exemplars.Capacity <= MaxKeptSamples;

    public void Clear()
    {
        Batch.Clear();
        Slots.Clear();
        Pending.Clear();
        Exemplars.Clear();
        Errors.Clear();
    }
}
