namespace Pharos.Storage.Head;

/// <summary>Life of a series reference. A reference goes through these once and is never used for another series.</summary>
internal enum SeriesState : byte
{
    /// <summary>Never given out: memory that was not touched.</summary>
    Unused = 0,

    /// <summary>Takes samples and is found.</summary>
    Alive = 1,

    /// <summary>Dropped by retention.</summary>
    Dropped = 2,
}
