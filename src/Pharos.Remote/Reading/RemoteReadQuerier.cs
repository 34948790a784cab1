using Pharos.Core.Contracts;
using Pharos.Core.Matching;

namespace Pharos.Remote.Reading;

/// <summary>Asks another store once for each selection and waits for the whole answer: a query cannot go on with half of one.</summary>
internal sealed class RemoteReadQuerier : ISeriesQuerier
{
    private readonly RemoteReadSource _source;
    private readonly RemoteSymbols _symbols = new();
    private readonly Lock _lock = new();
    private readonly HashSet<string> _warnings = new(StringComparer.Ordinal);

    public RemoteReadQuerier(RemoteReadSource source)
    {
        _source = source;
    }

    public IReadOnlyCollection<string> Warnings
    {
        get
        {
            lock (_lock)
            {
                return [.. _warnings];
            }
        }
    }

    public ISeriesSet Select(SeriesSelection selection, CancellationToken cancellationToken)
    {
        List<RemoteSeries> series = [];
        try
        {
            // On the pool, since the caller's thread may have a context of its own; the caller has nothing to do until the answer is there.
#pragma warning disable VSTHRD002 // selecting is synchronous for all sources: the engine's workers are threads that wait, as upstream's are
            series = Task.Run(() => _source.SelectAsync(selection, cancellationToken), cancellationToken).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or TimeoutException or NotSupportedException or ObjectDisposedException)
        {
            Warn($"remote_read: {e.Message}");
        }

        return new RemoteSeriesSet(series, _symbols);
    }

    public IReadOnlyList<string> LabelNames(IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        WarnOfLabels(minTime);
        return [];
    }

    public IReadOnlyList<string> LabelValues(string name, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        WarnOfLabels(minTime);
        return [];
    }

    public void Dispose()
    {
        // Answers are memory alone.
    }

    // The protocol has no question for it; upstream's warning is the bare "not implemented".
    private void WarnOfLabels(long minTime)
    {
        if (_source.IsAskedFor(minTime))
        {
            Warn($"remote_read: {_source.Config.Url} is not asked for label names and values: not implemented");
        }
    }

    private void Warn(string text)
    {
        lock (_lock)
        {
            _warnings.Add(text);
        }
    }
}
