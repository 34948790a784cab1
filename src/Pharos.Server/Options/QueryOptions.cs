namespace Pharos.Server.Options;

/// <summary>The limits of queries.</summary>
internal sealed record QueryOptions
{
    public required TimeSpan LookbackDelta { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required int MaxConcurrency { get; init; }

    public required long MaxSamples { get; init; }
}
