namespace Pharos.Remote.Otlp.Messages;

/// <summary>One point of a metric of any kind; what the kind does not have is zero. Times are nanoseconds since the Unix epoch.</summary>
internal struct OtlpPoint
{
    private const uint NoRecordedValueFlag = 1;

    /// <summary>In <see cref="OtlpMessage.PointAttributes"/>.</summary>
    public Slice Attributes { get; set; }

    /// <summary>When counting began; 0 where unknown.</summary>
    public ulong StartTime { get; set; }

    public ulong Time { get; set; }

    public uint Flags { get; set; }

    /// <summary>Of gauges and sums.</summary>
    public double Value { get; set; }

    /// <summary>Observations, of histograms and summaries.</summary>
    public ulong Count { get; set; }

    /// <summary>Of all observations, of histograms and summaries.</summary>
    public double Sum { get; set; }

    /// <summary>Whether a histogram says its sum.</summary>
    public bool HasSum { get; set; }

    /// <summary>Of a histogram, in <see cref="OtlpMessage.BucketCounts"/>: not cumulative, one more than bounds.</summary>
    public Slice Buckets { get; set; }

    /// <summary>Of a histogram, in <see cref="OtlpMessage.Bounds"/>: upper ones, ascending, without infinity.</summary>
    public Slice Bounds { get; set; }

    /// <summary>Of an exponential histogram: bounds are powers of 2^(2^-scale).</summary>
    public int Scale { get; set; }

    public ulong ZeroCount { get; set; }

    /// <summary>Of an exponential histogram; counts are in <see cref="OtlpMessage.BucketCounts"/>.</summary>
    public OtlpBuckets Positive { get; set; }

    /// <summary>Of an exponential histogram; counts are in <see cref="OtlpMessage.NegativeCounts"/>.</summary>
    public OtlpBuckets Negative { get; set; }

    /// <summary>Of a summary, in <see cref="OtlpMessage.Quantiles"/>.</summary>
    public Slice Quantiles { get; set; }

    /// <summary>In <see cref="OtlpMessage.Exemplars"/>.</summary>
    public Slice Exemplars { get; set; }

    /// <summary>Whether the point says that there is no value any more: a staleness marker.</summary>
    public readonly bool HasNoRecordedValue => (Flags & NoRecordedValueFlag) != 0;
}
