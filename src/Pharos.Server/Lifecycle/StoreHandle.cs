using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;
using Pharos.Storage;

namespace Pharos.Server.Lifecycle;

/// <summary>
/// Stands for the store from before it is open until after it is closed, so that the port can answer while the log is replayed.
/// Outside of that time every call fails with <see cref="StorageUnavailableException"/>. Thread-safe.
/// </summary>
internal sealed class StoreHandle : ISeriesSource, ISeriesAppender, IExemplarAppender, IExemplarSource, IMetadataAppender
{
    private volatile Tsdb? _store;

    public bool KeepsExemplars => _store is { KeepsExemplars: true };

    public bool KeepsMetadata => _store is { KeepsMetadata: true };

    private Tsdb Store => _store ?? throw new StorageUnavailableException("the store is not open");

    public void Open(Tsdb store) => _store = store;

    /// <summary>Refuses further calls; those under way go on.</summary>
    public void Close() => _store = null;

    public ISeriesQuerier OpenQuerier() => Store.OpenQuerier();

    public bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series) => Store.TryFind(labelBytes, out series);

    public SeriesRef GetOrAdd(Labels labels, ReadOnlySpan<byte> wireBytes = default) => Store.GetOrAdd(labels, wireBytes);

    public AppendSummary Append(SampleBatch batch) => Store.Append(batch);

    public ExemplarSummary AppendExemplars(ReadOnlySpan<SeriesExemplar> exemplars) => Store.AppendExemplars(exemplars);

    public int AppendMetadata(ReadOnlySpan<SeriesMetadata> metadata) => Store.AppendMetadata(metadata);

    public IReadOnlyList<ExemplarsOfSeries> SelectExemplars(
        IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
        Store.SelectExemplars(matcherSets, minTime, maxTime, cancellationToken);
}
