namespace Pharos.Core.Contracts;

/// <summary>Keeps what is said about series in the log, where it is wanted (upstream's <c>metadata-wal-records</c>). Thread-safe.</summary>
public interface IMetadataAppender
{
    /// <summary>Whether it is kept at all; if not, collecting it is wasted.</summary>
    bool KeepsMetadata { get; }

    /// <summary>
    /// Logs what is new; what is known already costs a comparison. Series that the store does not have are left out. Returns how many were left out.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The log cannot be written.</exception>
    int AppendMetadata(ReadOnlySpan<SeriesMetadata> metadata);
}
