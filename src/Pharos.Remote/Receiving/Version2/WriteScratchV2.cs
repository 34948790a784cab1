using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.Remote.Receiving.Version2;

/// <summary>What serving one request of version 2 needs; used by one request at a time and then again by another.</summary>
internal sealed class WriteScratchV2
{
    private const int MaxKept = 100_000;

    public SymbolIndex Symbols { get; } = new();

    /// <summary>Where the series are in the message.</summary>
    public List<(int Offset, int Length)> Series { get; } = [];

    public SampleBatch Batch { get; } = new(2048);

    /// <summary>The series that have samples in the batch, in its order.</summary>
    public List<SeriesSlot> Slots { get; } = [];

    public List<PendingSeries> Pending { get; } = [];

    public List<SeriesExemplar> Exemplars { get; } = [];

    public List<SeriesMetadata> Metadata { get; } = [];

    /// <summary>Texts of symbols that metadata needs, by reference.</summary>
    public Dictionary<uint, string> Texts { get; } = [];

    public List<uint> References { get; } = [];

    public List<uint> ExemplarReferences { get; } = [];

    public LabelByteBuffer LabelBytes { get; } = new();

    public LabelsBuilder Builder { get; } = new();

    public HistogramMessage Histogram { get; } = new();

    public List<string> RefusedHistograms { get; } = [];

    public WriteErrors Errors { get; } = new();

    /// <summary>Whether it may be used again: one huge request must not hold its memory for ever.</summary>
    public bool IsWorthKeeping => Batch.Count <= MaxKept && Series.Count <= MaxKept && Symbols.Count <= MaxKept && Exemplars.Capacity <= MaxKept;

    public void Clear()
    {
        Symbols.Clear();
        Series.Clear();
        Batch.Clear();
        Slots.Clear();
        Pending.Clear();
        Exemplars.Clear();
        Metadata.Clear();
        Texts.Clear();
        Errors.Clear();
    }
}
