namespace Pharos.Remote.Reading;

/// <summary>What one remote read request may cost; upstream's flags <c>--storage.remote.read-…</c> with their defaults.</summary>
public sealed record RemoteReadLimits
{
    /// <summary>Samples of an answer of samples; 0 means no limit. Streamed answers have none.</summary>
    public long MaxSamples { get; init; } = 50_000_000;

    /// <summary>Requests that are served at once; others wait.</summary>
    public int MaxConcurrency { get; init; } = 10;

    /// <summary>Bytes of one frame of a streamed answer. A single chunk may make it longer.</summary>
    public int MaxBytesInFrame { get; init; } = 1 << 20;

    /// <summary>Bytes of a request, compressed and not: upstream's limit.</summary>
    public int MaxBodyBytes { get; init; } = 32 << 20;
}
