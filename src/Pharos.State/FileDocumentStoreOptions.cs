namespace Pharos.State;

/// <summary>The limits of a <see cref="FileDocumentStore"/>.</summary>
public sealed record FileDocumentStoreOptions
{
    /// <summary>The largest file, in bytes, that is written or read.</summary>
    public int MaxDocumentBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How many documents a kind may have. All of them are kept in memory.</summary>
    public int MaxDocuments { get; init; } = 10_000;

    /// <summary>How long a write waits for other processes.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long files that were edited in place are not looked at again.</summary>
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(1);
}
