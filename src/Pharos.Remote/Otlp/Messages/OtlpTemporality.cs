namespace Pharos.Remote.Otlp.Messages;

/// <summary>What the values of a metric count from. The numbers are OTLP's.</summary>
internal enum OtlpTemporality
{
    Unspecified = 0,

    /// <summary>From the point before.</summary>
    Delta = 1,

    /// <summary>From a fixed start.</summary>
    Cumulative = 2,
}
