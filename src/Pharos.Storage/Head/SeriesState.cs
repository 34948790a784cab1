namespace Pharos.Storage.Head;

/// <summary>Life of a series reference. A reference goes through these once and is never used for another series; the lowest bit says whether it lives.</summary>
internal enum SeriesState : byte
{
    /// <summary>Never given out: memory that was not touched.</summary>
    Unused = 0,

    /// <summary>Takes samples and is found. The open chunk, where there is one, holds floats.</summary>
    Alive = 1,

    /// <summary>Dropped by retention.</summary>
    Dropped = 2,

    /// <summary>Alive, and the open chunk holds native histograms: there is one, and <see cref="HistogramStates"/> has what the next is encoded against.</summary>
    HoldsHistograms = 3,
}
