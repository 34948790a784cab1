using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;

namespace Pharos.PromQL.Sources;

/// <summary>Reads series in memory, looking at each.</summary>
internal sealed class InMemoryQuerier(InMemorySeriesSource source) : ISeriesQuerier
{
    private int _disposed;

    public ISeriesSet Select(SeriesSelection selection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new InMemorySeriesSet(source, [.. Matching(selection.Matchers, selection.MinTime, selection.MaxTime)]);
    }

    public IReadOnlyList<string> LabelNames(
        IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
        [.. MatchingAny(matcherSets, minTime, maxTime).SelectMany(static s => s.Labels).Select(static l => l.Name).Distinct().Order(Utf8Ordinal.Comparer)];

    public IReadOnlyList<string> LabelValues(
        string name, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
        [
            .. MatchingAny(matcherSets, minTime, maxTime).Select(s => s.Labels[name]).Where(static v => v.Length > 0).Distinct()
                .Order(Utf8Ordinal.Comparer),
        ];

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            source.CloseQuerier();
        }
    }

    private IEnumerable<InMemorySeries> MatchingAny(IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime) =>
        matcherSets.Count == 0 ? Matching([], minTime, maxTime) : matcherSets.SelectMany(set => Matching(set, minTime, maxTime)).Distinct();

    private IEnumerable<InMemorySeries> Matching(IReadOnlyList<Matcher> matchers, long minTime, long maxTime) =>
        source.Series.Where(series =>
        {
            (int from, int to) = series.Range(minTime, maxTime);
            return from < to && matchers.All(m => m.Matches(series.Labels[m.Name]));
        });
}
