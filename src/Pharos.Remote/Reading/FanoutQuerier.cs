using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;

namespace Pharos.Remote.Reading;

/// <summary>Asks the own store and others at once, and unites what they answer.</summary>
internal sealed class FanoutQuerier : ISeriesQuerier
{
    private readonly ISeriesQuerier _store;
    private readonly ISeriesQuerier[] _others;
    private readonly RemoteSymbols _symbols = new();
    private readonly FanoutIds[] _ids;

    /// <param name="store">The own store; disposed with this.</param>
    /// <param name="others">Other stores; disposed with this.</param>
    public FanoutQuerier(ISeriesQuerier store, ISeriesQuerier[] others)
    {
        _store = store;
        _others = others;
        _ids = [.. Enumerable.Range(0, others.Length + 1).Select(_ => new FanoutIds(_symbols))];
    }

    public IReadOnlyCollection<string> Warnings => [.. _store.Warnings, .. _others.SelectMany(static other => other.Warnings).Distinct(StringComparer.Ordinal)];

    public ISeriesSet Select(SeriesSelection selection, CancellationToken cancellationToken)
    {
        Task<ISeriesSet>[] asked = [.. _others.Select(other => Task.Run(() => other.Select(selection, cancellationToken), cancellationToken))];
        ISeriesSet own = _store.Select(selection, cancellationToken);
#pragma warning disable VSTHRD002 // selecting is synchronous for all sources
        ISeriesSet[] sets = [own, .. asked.Select(static task => task.GetAwaiter().GetResult())];
#pragma warning restore VSTHRD002
        return new FanoutSeriesSet(sets, _ids, _symbols);
    }

    public IReadOnlyList<string> LabelNames(IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
        Union(querier => querier.LabelNames(matcherSets, minTime, maxTime, cancellationToken));

    public IReadOnlyList<string> LabelValues(
        string name, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken) =>
        Union(querier => querier.LabelValues(name, matcherSets, minTime, maxTime, cancellationToken));

    public void Dispose()
    {
        _store.Dispose();
        foreach (ISeriesQuerier other in _others)
        {
            other.Dispose();
        }
    }

    private IReadOnlyList<string> Union(Func<ISeriesQuerier, IReadOnlyList<string>> ask)
    {
        IReadOnlyList<string> own = ask(_store);
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (ISeriesQuerier other in _others)
        {
            all.UnionWith(ask(other));
        }

        if (all.Count == 0)
        {
            return own;
        }

        all.UnionWith(own);
        List<string> sorted = [.. all];
        sorted.Sort(Utf8Ordinal.Comparer);
        return sorted;
    }
}
