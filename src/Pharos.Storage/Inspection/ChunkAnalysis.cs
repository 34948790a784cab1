namespace Pharos.Storage.Inspection;

/// <summary>One number per chunk of a block, by kind.</summary>
public sealed class ChunkAnalysis
{
    /// <summary>Samples of each chunk of numbers.</summary>
    public List<int> FloatSamples { get; } = [];

    /// <summary>Bytes of each chunk of numbers.</summary>
    public List<int> FloatBytes { get; } = [];

    /// <summary>Samples of each chunk of histograms.</summary>
    public List<int> HistogramSamples { get; } = [];

    /// <summary>Bytes of each chunk of histograms.</summary>
    public List<int> HistogramBytes { get; } = [];

    /// <summary>Buckets of all histograms of each chunk of them.</summary>
    public List<int> HistogramBuckets { get; } = [];

    /// <summary>All chunks.</summary>
    public int Count => FloatSamples.Count + HistogramSamples.Count;
}
