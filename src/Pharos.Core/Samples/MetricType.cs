namespace Pharos.Core.Samples;

/// <summary>The type of a metric family, as its exposition or its sender says. The numbers are those of remote write's metadata.</summary>
public enum MetricType : byte
{
    /// <summary>Not said, or <c>untyped</c>.</summary>
    Unknown = 0,

    /// <summary>Only grows, until it starts again from zero.</summary>
    Counter = 1,

    /// <summary>Goes up and down.</summary>
    Gauge = 2,

    /// <summary>Cumulative buckets with a sum and a count.</summary>
    Histogram = 3,

    /// <summary>A histogram whose buckets go up and down.</summary>
    GaugeHistogram = 4,

    /// <summary>Quantiles with a sum and a count.</summary>
    Summary = 5,

    /// <summary>Labels that describe; the value is 1.</summary>
    Info = 6,

    /// <summary>One series a state, 1 for those that hold.</summary>
    StateSet = 7,
}
