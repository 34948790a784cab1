using System.Buffers;
using Pharos.Core.Matching;
using Pharos.Storage.Head;

namespace Pharos.Storage.Querying;

/// <summary>
/// From matchers to series. The index lock is held for lookups, copies and set operations; regular expressions run outside of it, on distinct values, or on the values of the
/// candidates where these are fewer. Benchmark: <c>SelectBenchmarks</c>.
/// </summary>
internal sealed unsafe class SeriesSelector
{
    // Testing a candidate's own value costs about as much as setting this many bits.
    private const int ProbeCost = 8;

    private readonly SeriesStore _store;
    private readonly CancellationToken _cancellationToken;
    private readonly List<MatcherClause> _clauses = [];
    private uint[]? _candidates;
    private int _count;

    private SeriesSelector(SeriesStore store, CancellationToken cancellationToken)
    {
        _store = store;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Finds the series that satisfy all matchers, ascending, in an array from the shared pool; returns how many. The caller's epoch is open.</summary>
    public static int Select(SeriesStore store, IReadOnlyList<Matcher> matchers, CancellationToken cancellationToken, out uint[] references)
    {
        var selector = new SeriesSelector(store, cancellationToken);
        try
        {
            selector.Run(matchers);
        }
        catch
        {
            selector.ReturnCandidates();
            throw;
        }

        references = selector._candidates ?? ArrayPool<uint>.Shared.Rent(1);
        return selector._count;
    }

    private void Run(IReadOnlyList<Matcher> matchers)
    {
        _store.Index.EnterReadLock();
        try
        {
            foreach (Matcher matcher in matchers)
            {
                if (!MatcherClause.TryCreate(matcher, _store.Symbols, _store.LabelIndexes, out MatcherClause? clause))
                {
                    return;
                }

                if (clause is not null)
                {
                    _clauses.Add(clause);
                }
            }

            StartFromSmallest();
            FilterByClauses();
        }
        finally
        {
            _store.Index.ExitReadLock();
        }

        if (_candidates is null || _clauses.Count > 0)
        {
            RunExpressions();
        }
    }

    private void RunExpressions()
    {
        for (int i = _clauses.Count - 1; i >= 0; i--)
        {
            MatcherClause clause = _clauses[i];
            if (clause.Undecided is null)
            {
                continue;
            }

            if (_candidates is not null && _count < clause.Values.Count)
            {
                FilterByExpression(clause);
                _clauses.RemoveAt(i);
            }
            else
            {
                clause.Decide(_store.Symbols, _cancellationToken);
            }
        }

        _store.Index.EnterReadLock();
        try
        {
            if (_candidates is null)
            {
                StartFromSmallest();
            }

            if (_candidates is null)
            {
                StartFromAll();
            }

            FilterByClauses();
        }
        finally
        {
            _store.Index.ExitReadLock();
        }
    }

    // The keeping clause with the fewest series gives the first candidates.
    private void StartFromSmallest()
    {
        MatcherClause? smallest = null;
        long least = long.MaxValue;
        foreach (MatcherClause clause in _clauses)
        {
            if (clause.Keeps && clause.Undecided is null)
            {
                long size = Size(clause);
                if (size < least)
                {
                    least = size;
                    smallest = clause;
                }
            }
        }

        if (smallest is null)
        {
            return;
        }

        _clauses.Remove(smallest);
        if (!smallest.IsPresence && smallest.Values.Count <= 1)
        {
            ReadOnlySpan<uint> list = smallest.Values.Count == 0 ? [] : smallest.Index.Get(smallest.Values[0]);
            _candidates = ArrayPool<uint>.Shared.Rent(Math.Max(list.Length, 1));
            list.CopyTo(_candidates);
            _count = list.Length;
            return;
        }

        using ReferenceBitmap union = Union(smallest);
        _count = union.ToArray(out _candidates);
    }

    private void StartFromAll()
    {
        uint last = _store.LastReference;
        _candidates = ArrayPool<uint>.Shared.Rent(Math.Max(_store.Count, 1));
        for (uint reference = 1; reference <= last && _count < _candidates.Length; reference++)
        {
            if (_store.Lines[reference].IsAlive)
            {
                _candidates[_count++] = reference;
            }
        }
    }

    // Applies and removes the clauses that are decided, once there are candidates.
    private void FilterByClauses()
    {
        if (_candidates is null)
        {
            return;
        }

        foreach (MatcherClause clause in _clauses)
        {
            if (clause.Undecided is not null || _count == 0)
            {
                continue;
            }

            Span<uint> candidates = _candidates.AsSpan(0, _count);
            if (!clause.IsPresence && clause.Values.Count == 1)
            {
                _count = PostingsMath.Filter(candidates, clause.Index.Get(clause.Values[0]), clause.Keeps);
            }
            else if (clause.IsPresence || (long)_count * ProbeCost < Size(clause))
            {
                FilterByValue(clause);
            }
            else
            {
                using ReferenceBitmap union = Union(clause);
                _count = union.Filter(candidates, clause.Keeps);
            }
        }

        _clauses.RemoveAll(static clause => clause.Undecided is null);
    }

    private void FilterByValue(MatcherClause clause)
    {
        var values = new HashSet<uint>(clause.Values);
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            uint value = _store.ValueOf(_candidates![i], clause.Name);
            bool member = clause.IsPresence ? value != 0 : values.Contains(value);
            if (member == clause.Keeps)
            {
                _candidates[kept++] = _candidates[i];
            }
        }

        _count = kept;
    }

    private void FilterByExpression(MatcherClause clause)
    {
        var known = new Dictionary<uint, bool>();
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            uint value = _store.ValueOf(_candidates![i], clause.Name);
            if (!known.TryGetValue(value, out bool admitted))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                admitted = clause.Admits(value, _store.Symbols);
                known.Add(value, admitted);
            }

            if (admitted)
            {
                _candidates[kept++] = _candidates[i];
            }
        }

        _count = kept;
    }

    private ReferenceBitmap Union(MatcherClause clause)
    {
        List<uint> values = clause.Values;
        if (clause.IsPresence)
        {
            values = [];
            clause.Index.CopyValues(values);
        }

        var union = new ReferenceBitmap(_store.LastReference);
        foreach (uint value in values)
        {
            union.Add(clause.Index.Get(value));
        }

        return union;
    }

    private static long Size(MatcherClause clause)
    {
        if (clause.IsPresence)
        {
            return clause.Index.SeriesCount;
        }

        long size = 0;
        foreach (uint value in clause.Values)
        {
            size += clause.Index.CountOf(value);
        }

        return size;
    }

    private void ReturnCandidates()
    {
        if (_candidates is not null)
        {
            ArrayPool<uint>.Shared.Return(_candidates);
            _candidates = null;
        }
    }
}
