namespace Pharos.Storage.Wal;

/// <summary>First byte of a record. The numbers are upstream's and never change.</summary>
internal enum WalRecordKind : byte
{
    Series = 1,
    Samples = 2,
    Tombstones = 3,
    Exemplars = 4,
    MmapMarkers = 5,
    Metadata = 6,
    HistogramSamples = 7,
    FloatHistogramSamples = 8,
    CustomBucketsHistogramSamples = 9,
    CustomBucketsFloatHistogramSamples = 10,
    SamplesWithStart = 11,
    HistogramSamplesWithStart = 12,
    FloatHistogramSamplesWithStart = 13,
}
