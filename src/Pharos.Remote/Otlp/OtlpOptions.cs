namespace Pharos.Remote.Otlp;

/// <summary>What is fixed at the start; the rest comes from the <c>otlp</c> section of the configuration.</summary>
public sealed record OtlpOptions
{
    /// <summary>Whether deltas are stored as they come; otherwise they are refused. Upstream's <c>otlp-native-delta-ingestion</c>.</summary>
    public bool TakesDeltas { get; init; }

    /// <summary>Whether series get the labels <c>__type__</c> and <c>__unit__</c>. Upstream's <c>type-and-unit-labels</c>.</summary>
    public bool AddsTypeAndUnit { get; init; }

    /// <summary>How long a query looks back; <c>target_info</c> has a sample twice as often.</summary>
    public TimeSpan LookbackDelta { get; init; } = TimeSpan.FromMinutes(5);
}
