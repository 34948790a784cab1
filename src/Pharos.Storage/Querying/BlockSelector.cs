using System.Buffers;
using System.Text;
using Pharos.Core.Matching;
using Pharos.Storage.Blocks;

namespace Pharos.Storage.Querying;

/// <summary>From matchers to series of a block, by its postings. For one selection, then to be thrown away.</summary>
internal sealed class BlockSelector
{
    // Reading a series' own value costs about as much as passing over this many values of the table.
    private const int ProbeCost = 4;

    private readonly IndexReader _index;
    private readonly CancellationToken _cancellationToken;
    private readonly List<BlockClause> _clauses = [];
    private uint[]? _candidates;
    private int _count;

    private BlockSelector(IndexReader index, CancellationToken cancellationToken)
    {
        _index = index;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Finds the series that satisfy all matchers, ascending, in an array from the shared pool; returns how many. The block is held.</summary>
    /// <exception cref="CorruptionException">The index is damaged.</exception>
    public static int Select(IndexReader index, IReadOnlyList<Matcher> matchers, CancellationToken cancellationToken, out uint[] series)
    {
        var selector = new BlockSelector(index, cancellationToken);
        try
        {
            selector.Run(matchers);
        }
        catch
        {
            if (selector._candidates is not null)
            {
                ArrayPool<uint>.Shared.Return(selector._candidates);
            }

            throw;
        }

        series = selector._candidates ?? ArrayPool<uint>.Shared.Rent(1);
        return selector._count;
    }

    private void Run(IReadOnlyList<Matcher> matchers)
    {
        foreach (Matcher matcher in matchers)
        {
            if (!BlockClause.TryCreate(matcher, _index.Postings, out BlockClause? clause))
            {
                return;
            }

            if (clause is not null)
            {
                _clauses.Add(clause);
            }
        }

        if (!_clauses.Exists(static clause => clause.IsDecided && clause.Keeps))
        {
            // Nothing to start from: the cheapest expression that keeps, or all series.
            _clauses.Where(static clause => clause.Keeps).MinBy(static clause => clause.Values.Count)?.Decide(_cancellationToken);
        }

        Start();
        foreach (BlockClause clause in _clauses.OrderBy(static clause => clause.IsDecided ? clause.Size : long.MaxValue))
        {
            if (_count > 0)
            {
                Filter(clause);
            }
        }
    }

    private void Start()
    {
        BlockClause? smallest = _clauses.Where(static clause => clause.IsDecided && clause.Keeps).MinBy(static clause => clause.Size);
        if (smallest is not null)
        {
            _clauses.Remove(smallest);
            Union(smallest, out _candidates, out _count);
            return;
        }

        PostingsTable postings = _index.Postings;
        if (postings.TryGet("", out LabelPostings all) && postings.TryFind(all, default, out long list))
        {
            _count = postings.CountOf(list);
            _candidates = ArrayPool<uint>.Shared.Rent(Math.Max(1, _count));
            postings.ReadList(list, _candidates.AsSpan(0, _count));
        }
    }

    private void Filter(BlockClause clause)
    {
        if (!clause.IsDecided && (long)_count * ProbeCost < clause.Values.Count)
        {
            FilterByValue(clause);
            return;
        }

        clause.Decide(_cancellationToken);
        Union(clause, out uint[] members, out int count);
        _count = PostingsMath.Filter(_candidates.AsSpan(0, _count), members.AsSpan(0, count), clause.Keeps);
        ArrayPool<uint>.Shared.Return(members);
    }

    // Candidates come in the order of labels, so that equal values mostly follow one another.
    private void FilterByValue(BlockClause clause)
    {
        if (!_index.Symbols.TryFind(Encoding.UTF8.GetBytes(clause.Matcher.Name), out uint name))
        {
            throw new CorruptionException(_index.Path, 0, $"the label name \"{clause.Matcher.Name}\" is in the postings offset table but is no symbol");
        }

        var known = new Dictionary<uint, bool>();
        bool withoutLabel = clause.Admits(default);
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            uint series = _candidates![i];
            SeriesEntry entry = _index.OpenSeries(series);
            bool admitted = withoutLabel;
            while (entry.MoveNextLabel())
            {
                if (entry.Name == name)
                {
                    if (!known.TryGetValue(entry.Value, out admitted))
                    {
                        _cancellationToken.ThrowIfCancellationRequested();
                        admitted = clause.Admits(_index.Symbols.Get(entry.Value));
                        known.Add(entry.Value, admitted);
                    }

                    break;
                }
            }

            if (admitted)
            {
                _candidates[kept++] = series;
            }
        }

        _count = kept;
    }

    // All series of the lists of a clause, ascending, each once, in a pooled array. A series has one value of a label, so no two lists share one.
    private void Union(BlockClause clause, out uint[] series, out int count)
    {
        if (clause.Size > Array.MaxLength)
        {
            throw new CorruptionException(_index.Path, 0, $"the label \"{clause.Matcher.Name}\" lists more series than an index can have");
        }

        count = 0;
        series = ArrayPool<uint>.Shared.Rent((int)Math.Max(1, clause.Size));
        foreach ((long list, int length) in clause.Lists)
        {
            _index.Postings.ReadList(list, series.AsSpan(count, length));
            count += length;
        }

        if (clause.Lists.Count <= 1)
        {
            return;
        }

        // A bit per possible series is cheaper than sorting once there are some series for each word of bits.
        if (count > _index.LastReference / 256)
        {
            using var bitmap = new ReferenceBitmap(_index.LastReference);
            bitmap.Add(series.AsSpan(0, count));
            ArrayPool<uint>.Shared.Return(series);
            count = bitmap.ToArray(out series);
        }
        else
        {
            Array.Sort(series, 0, count);
        }
    }
}
