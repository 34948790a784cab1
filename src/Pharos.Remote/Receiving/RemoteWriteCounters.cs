namespace Pharos.Remote.Receiving;

/// <summary>What was received since the start. Readable from any thread while requests are served.</summary>
public sealed class RemoteWriteCounters
{
    private long _samplesAppended;
    private long _samplesRefused;
    private long _samplesWithInvalidLabels;
    private long _histogramsAppended;
    private long _histogramsRefused;
    private long _exemplarsAppended;
    private long _exemplarsIgnored;
    private long _metadataIgnored;
    private long _withoutMetadata;
    private long _seriesGuessed;
    private long _seriesWalked;

    /// <summary>Samples stored.</summary>
    public long SamplesAppended => Interlocked.Read(ref _samplesAppended);

    /// <summary>Samples refused for their time: out of order, duplicate, too old, too far ahead.</summary>
    public long SamplesRefused => Interlocked.Read(ref _samplesRefused);

    /// <summary>Samples and histograms refused because of their labels; upstream's <c>prometheus_api_remote_write_invalid_labels_samples_total</c>.</summary>
    public long SamplesWithInvalidLabels => Interlocked.Read(ref _samplesWithInvalidLabels);

    /// <summary>Native histograms stored.</summary>
    public long HistogramsAppended => Interlocked.Read(ref _histogramsAppended);

    /// <summary>Native histograms refused for their time, or because they make no sense.</summary>
    public long HistogramsRefused => Interlocked.Read(ref _histogramsRefused);

    /// <summary>Exemplars stored.</summary>
    public long ExemplarsAppended => Interlocked.Read(ref _exemplarsAppended);

    /// <summary>Exemplars received and not stored: none are kept, or this one was there already, out of order, too long, too far ahead or of an unknown series.</summary>
    public long ExemplarsIgnored => Interlocked.Read(ref _exemplarsIgnored);

    /// <summary>Metadata entries received and not stored.</summary>
    public long MetadataIgnored => Interlocked.Read(ref _metadataIgnored);

    /// <summary>Series of version 2 whose metadata could not be kept.</summary>
    public long WithoutMetadata => Interlocked.Read(ref _withoutMetadata);

    /// <summary>Series recognised without walking their labels.</summary>
    public long SeriesGuessed => Interlocked.Read(ref _seriesGuessed);

    /// <summary>Series whose message was walked.</summary>
    public long SeriesWalked => Interlocked.Read(ref _seriesWalked);

    internal void Add(in WriteTally tally)
    {
        Interlocked.Add(ref _samplesAppended, tally.Appended);
        Interlocked.Add(ref _samplesRefused, tally.Refused);
        Interlocked.Add(ref _samplesWithInvalidLabels, tally.InvalidLabels);
        Interlocked.Add(ref _histogramsAppended, tally.HistogramsAppended);
        Interlocked.Add(ref _histogramsRefused, tally.HistogramsRefused);
        Interlocked.Add(ref _exemplarsAppended, tally.ExemplarsStored);
        Interlocked.Add(ref _exemplarsIgnored, tally.Exemplars - tally.ExemplarsStored);
        Interlocked.Add(ref _metadataIgnored, tally.Metadata);
        Interlocked.Add(ref _withoutMetadata, tally.WithoutMetadata);
        Interlocked.Add(ref _seriesGuessed, tally.Guessed);
        Interlocked.Add(ref _seriesWalked, tally.Walked);
    }
}
