using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Server.Lifecycle;

/// <summary>
/// Stands for the store from before it is open until after it is closed, so that the port can answer while the log is replayed.
/// Outside of that time every call fails with <see cref="StorageUnavailableException"/>. Thread-safe.
/// </summary>
internal sealed class StoreHandle : ISeriesSource, ISeriesAppender
{
    private const string NotOpen = "the store is not open";
    private volatile ISeriesSource? _source;
    private volatile ISeriesAppender? _appender;

    private ISeriesAppender Appender => _appender ?? throw new StorageUnavailableException(NotOpen);

    public void Open(ISeriesSource source, ISeriesAppender appender)
    {
        _source = source;
        _appender = appender;
    }

    /// <summary>Refuses further calls; those under way go on.</summary>
    public void Close()
    {
        _appender = null;
        _source = null;
    }

    public ISeriesQuerier OpenQuerier() => (_source ?? throw new StorageUnavailableException(NotOpen)).OpenQuerier();

    public bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series) => Appender.TryFind(labelBytes, out series);

    public SeriesRef GetOrAdd(Labels labels, ReadOnlySpan<byte> wireBytes = default) => Appender.GetOrAdd(labels, wireBytes);

    public AppendSummary Append(SampleBatch batch) => Appender.Append(batch);
}
