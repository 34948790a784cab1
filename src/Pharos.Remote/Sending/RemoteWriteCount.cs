namespace Pharos.Remote.Sending;

/// <summary>What a queue counts. Gauges and counters alike are whole numbers.</summary>
public enum RemoteWriteCount
{
    /// <summary>Samples of attempts.</summary>
    Samples,

    /// <summary>Exemplars of attempts.</summary>
    Exemplars,

    /// <summary>Histograms of attempts.</summary>
    Histograms,

    /// <summary>Metadata entries sent.</summary>
    Metadata,

    /// <summary>Samples given up.</summary>
    FailedSamples,

    /// <summary>Exemplars given up.</summary>
    FailedExemplars,

    /// <summary>Histograms given up.</summary>
    FailedHistograms,

    /// <summary>Metadata entries given up.</summary>
    FailedMetadata,

    /// <summary>Samples of attempts that were made again.</summary>
    RetriedSamples,

    /// <summary>Exemplars of attempts that were made again.</summary>
    RetriedExemplars,

    /// <summary>Histograms of attempts that were made again.</summary>
    RetriedHistograms,

    /// <summary>Metadata entries of attempts that were made again.</summary>
    RetriedMetadata,

    /// <summary>Samples older than the limit.</summary>
    OldSamples,

    /// <summary>Exemplars older than the limit.</summary>
    OldExemplars,

    /// <summary>Histograms older than the limit.</summary>
    OldHistograms,

    /// <summary>Samples of series that relabelling drops.</summary>
    DroppedSamples,

    /// <summary>Exemplars of series that relabelling drops.</summary>
    DroppedExemplars,

    /// <summary>Histograms of series that relabelling drops.</summary>
    DroppedHistograms,

    /// <summary>Samples of series that nobody describes.</summary>
    UnknownSamples,

    /// <summary>Exemplars of series that nobody describes.</summary>
    UnknownExemplars,

    /// <summary>Histograms of series that nobody describes.</summary>
    UnknownHistograms,

    /// <summary>Histograms of custom buckets, which version 1 cannot express.</summary>
    UnsupportedHistograms,

    /// <summary>Times that a shard was full.</summary>
    EnqueueRetries,

    /// <summary>Samples read and not sent yet.</summary>
    PendingSamples,

    /// <summary>Exemplars read and not sent yet.</summary>
    PendingExemplars,

    /// <summary>Histograms read and not sent yet.</summary>
    PendingHistograms,

    /// <summary>Compressed bytes of requests.</summary>
    Bytes,

    /// <summary>Compressed bytes of metadata.</summary>
    MetadataBytes,

    /// <summary>Shards now.</summary>
    Shards,

    /// <summary>Newest time read, milliseconds.</summary>
    NewestRead,

    /// <summary>Newest time sent, milliseconds.</summary>
    NewestSent,

    /// <summary>Records of series read.</summary>
    SeriesRecords,

    /// <summary>Records of samples read.</summary>
    SampleRecords,

    /// <summary>Records of exemplars read.</summary>
    ExemplarRecords,

    /// <summary>Records of metadata read.</summary>
    MetadataRecords,

    /// <summary>Records of histograms read.</summary>
    HistogramRecords,

    /// <summary>Places in the log that could not be read.</summary>
    DecodeFailures,

    /// <summary>The segment that is read.</summary>
    Segment,

    /// <summary>Segments dropped by the store before they were read.</summary>
    LostSegments,
}
