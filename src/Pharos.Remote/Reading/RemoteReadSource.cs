using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Remote.Configuration;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Remote.Reading;

/// <summary>Another store as a source of queries, by one entry of <c>remote_read</c>. Thread-safe. It is asked at best: what fails is a warning and gives no series.</summary>
public sealed class RemoteReadSource : ISeriesSource, IDisposable
{
    private readonly RemoteReadClient _client;
    private readonly Func<long> _localStart;

    /// <param name="config">The entry.</param>
    /// <param name="externalLabels">What this server stands for; left aside where the entry says so.</param>
    /// <param name="codec">Decodes chunks.</param>
    /// <param name="localStart">From when on the own store has all, milliseconds; asked at each query.</param>
    /// <param name="clock">Times requests.</param>
    /// <param name="userAgent">Who asks.</param>
    /// <exception cref="NotSupportedException">The entry asks for what this version cannot do.</exception>
    public RemoteReadSource(RemoteReadConfig config, Labels externalLabels, IChunkCodec codec, Func<long> localStart, TimeProvider clock, string userAgent)
    {
        Config = config;
        ExternalLabels = config.FilterExternalLabels ? externalLabels : Labels.Empty;
        _localStart = localStart;
        _client = new RemoteReadClient(config, codec, clock, userAgent);
    }

    /// <summary>What was asked of it.</summary>
    public RemoteReadCounters Counters => _client.Counters;

    /// <summary>The entry that it stands for.</summary>
    public RemoteReadConfig Config { get; }

    internal Labels ExternalLabels { get; }

    /// <inheritdoc/>
    public ISeriesQuerier OpenQuerier() => new RemoteReadQuerier(this);

    /// <summary>Ends; a question that is on its way fails.</summary>
    public void Dispose() => _client.Dispose();

    /// <summary>Whether it is asked for a range that begins there: not where the own store has all of it.</summary>
    internal bool IsAskedFor(long minTime) => Config.ReadRecent || minTime <= _localStart();

    /// <summary>The series of a selection.</summary>
    internal async Task<List<RemoteSeries>> SelectAsync(SeriesSelection selection, CancellationToken cancellationToken)
    {
        long maxTime = selection.MaxTime;
        if (!IsAskedFor(selection.MinTime) || !HasRequiredMatchers(selection.Matchers))
        {
            return [];
        }

        if (!Config.ReadRecent)
        {
            maxTime = Math.Min(maxTime, _localStart());
        }

        List<ReadMatcher> matchers = [.. selection.Matchers.Select(static m => new ReadMatcher((ulong)m.Type, m.Name, m.Value))];
        var added = new List<string>();
        foreach (Label label in ExternalLabels)
        {
            if (!selection.Matchers.Any(m => string.Equals(m.Name, label.Name, StringComparison.Ordinal)))
            {
                matchers.Add(new ReadMatcher((ulong)MatchType.Equal, label.Name, label.Value));
                added.Add(label.Name);
            }
        }

        var series = new RemoteSeriesList(added, selection.MinTime, maxTime);
        var hints = new ReadHints { StartMs = selection.MinTime, EndMs = maxTime };
        await _client.ReadAsync(new ReadQuery(selection.MinTime, maxTime, matchers, hints), series, cancellationToken).ConfigureAwait(false);
        return series.Complete();
    }

    private bool HasRequiredMatchers(IReadOnlyList<Matcher> matchers) => Config.RequiredMatchers.All(required => matchers.Any(
        m => m.Type == MatchType.Equal && string.Equals(m.Name, required.Key, StringComparison.Ordinal) && string.Equals(m.Value, required.Value, StringComparison.Ordinal)));
}
