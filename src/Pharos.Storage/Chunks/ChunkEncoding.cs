namespace Pharos.Storage.Chunks;

/// <summary>How the samples of a chunk are encoded. The numbers are upstream's (tsdb/chunkenc/chunk.go) and never change.</summary>
public enum ChunkEncoding : byte
{
    /// <summary>No chunk.</summary>
    None = 0,

    /// <summary>Floats.</summary>
    Xor = 1,

    /// <summary>Native histograms with integer counts.</summary>
    Histogram = 2,

    /// <summary>Native histograms with float counts.</summary>
    FloatHistogram = 3,

    /// <summary>Floats in upstream's newer form, with optional start timestamps.</summary>
    Xor2 = 4,

    /// <summary>As <see cref="Histogram"/>, with start timestamps.</summary>
    HistogramWithStart = 5,

    /// <summary>As <see cref="FloatHistogram"/>, with start timestamps.</summary>
    FloatHistogramWithStart = 6,
}
