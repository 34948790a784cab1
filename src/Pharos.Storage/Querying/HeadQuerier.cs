using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Storage.Head;
using Pharos.Storage.Index;

namespace Pharos.Storage.Querying;

/// <summary>A reader of the head; its epoch keeps what its sets point at.</summary>
internal sealed unsafe class HeadQuerier : ISeriesQuerier
{
    private const int FreeAttempts = 3;
    private readonly HeadMemory _memory;
    private readonly Lock _lock = new();
    private readonly List<HeadSeriesSet> _sets = [];
    private readonly long _epoch;
    private readonly ValueIds? _ids;
    private bool _disposed;

    /// <param name="memory">The head.</param>
    /// <param name="ids">Of the querier that this is a part of, where that reads blocks too.</param>
    public HeadQuerier(HeadMemory memory, ValueIds? ids = null)
    {
        _memory = memory;
        _ids = ids;
        _epoch = memory.Epochs.Enter();
    }

    public ISeriesSet Select(SeriesSelection selection, CancellationToken cancellationToken) => SelectSource(selection, cancellationToken);

    /// <summary>As <see cref="Select"/>.</summary>
    public ISourceSet SelectSource(SeriesSelection selection, CancellationToken cancellationToken)
    {
        HeadSeriesSet set = Take(selection.Matchers, selection.MinTime, selection.MaxTime, cancellationToken);
        set.Ids = _ids;
        lock (_lock)
        {
            if (!_disposed)
            {
                _sets.Add(set);
                return AmendedSeriesSet.Amend(set);
            }
        }

        set.Free();
        throw new ObjectDisposedException(nameof(HeadQuerier));
    }

    public IReadOnlyList<string> LabelNames(IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        var names = new HashSet<uint>();
        if (!Overlaps(minTime, maxTime))
        {
            return [];
        }

        if (matcherSets.Count == 0)
        {
            SeriesStore store = _memory.Series;
            store.Index.EnterReadLock();
            names.UnionWith(store.LabelIndexes.Keys);
            store.Index.ExitReadLock();
            return Texts(names);
        }

        var shapes = new HashSet<uint>();
        ForEach(matcherSets, minTime, maxTime, reference => shapes.Add(_memory.Series.ShapeOf(reference)), cancellationToken);
        foreach (uint shape in shapes)
        {
            foreach (uint name in _memory.Series.NamesOf(shape))
            {
                names.Add(name);
            }
        }

        return Texts(names);
    }

    public IReadOnlyList<string> LabelValues(
        string name, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        SeriesStore store = _memory.Series;
        uint nameId = 0;
        var all = new List<uint>();
        store.Index.EnterReadLock();
        try
        {
            if (store.Symbols.TryFind(System.Text.Encoding.UTF8.GetBytes(name), out nameId) && store.LabelIndexes.TryGetValue(nameId, out LabelIndex? index))
            {
                index.CopyValues(all);
            }
        }
        finally
        {
            store.Index.ExitReadLock();
        }

        if (all.Count == 0 || !Overlaps(minTime, maxTime))
        {
            return [];
        }

        if (matcherSets.Count == 0)
        {
            return Texts(all);
        }

        var values = new HashSet<uint>();
        ForEach(matcherSets, minTime, maxTime, reference => values.Add(store.ValueOf(reference, nameId)), cancellationToken);
        values.Remove(0);
        return Texts(values);
    }

    /// <summary>Whether the head may have samples of the range.</summary>
    public bool Overlaps(long minTime, long maxTime) =>
        (_memory.MinTime <= maxTime && _memory.MaxTime >= minTime) || (_memory.OutOfOrder.MinTime <= maxTime && _memory.OutOfOrder.MaxTime >= minTime);

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            foreach (HeadSeriesSet set in _sets)
            {
                set.Free();
            }

            _sets.Clear();
        }

        _memory.Epochs.Leave(_epoch);
    }

    // Selecting and copying are two steps. A commit between them that brings the first samples of a new series would be seen in part: then both are done again, and at last
    // with new series kept waiting.
    private HeadSeriesSet Take(IReadOnlyList<Matcher> matchers, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < FreeAttempts; attempt++)
        {
            if (TryTake(matchers, minTime, maxTime, cancellationToken) is { } set)
            {
                return set;
            }
        }

        _memory.Series.Index.EnterReadLock();
        try
        {
            return TryTake(matchers, minTime, maxTime, cancellationToken)!;
        }
        finally
        {
            _memory.Series.Index.ExitReadLock();
        }
    }

    private HeadSeriesSet? TryTake(IReadOnlyList<Matcher> matchers, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        uint last = _memory.Series.LastReference;
        int count = SeriesSelector.Select(_memory.Series, matchers, cancellationToken, out uint[] references);
        return HeadSeriesSet.TryTake(_memory, references, count, minTime, maxTime, last);
    }

    private void ForEach(
        IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, Action<uint> visit, CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<Matcher> matchers in matcherSets)
        {
            HeadSeriesSet set = Take(matchers, minTime, maxTime, cancellationToken);
            foreach (uint reference in set.References)
            {
                visit(reference);
            }

            set.Free();
        }
    }

    private List<string> Texts(IEnumerable<uint> symbols)
    {
        var texts = new List<string>();
        foreach (uint symbol in symbols)
        {
            texts.Add(_memory.Series.Text(symbol));
        }

        texts.Sort(Utf8Ordinal.Comparer);
        return texts;
    }
}
