using Pharos.Core.Contracts;

namespace Pharos.Testing;

/// <summary>Takes metadata in and remembers it in order. Thread-safe.</summary>
public sealed class RecordingMetadata : IMetadataAppender
{
    private readonly Lock _lock = new();
    private readonly List<SeriesMetadata> _metadata = [];

    public bool KeepsMetadata { get; set; } = true;

    /// <summary>How many entries of each batch are said not to be known.</summary>
    public int Unknown { get; set; }

    /// <summary>Everything that came, in order.</summary>
    public IReadOnlyList<SeriesMetadata> Metadata
    {
        get
        {
            lock (_lock)
            {
                return [.. _metadata];
            }
        }
    }

    public int AppendMetadata(ReadOnlySpan<SeriesMetadata> metadata)
    {
        lock (_lock)
        {
            _metadata.AddRange(metadata);
            return Unknown;
        }
    }
}
