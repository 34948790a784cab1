namespace Pharos.Remote.Otlp.Messages;

/// <summary>What a metric's points are.</summary>
internal enum OtlpKind : byte
{
    /// <summary>Not said, or one that is not known.</summary>
    None,
    Gauge,
    Sum,
    Histogram,
    ExponentialHistogram,
    Summary,
}
