using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;

namespace Pharos.Storage.Exemplars;

/// <summary>
/// Exemplars in memory, at most so many: the one that came first gives way to the one that comes. Takes memory only for what it holds. Usable from any thread.
/// </summary>
/// <remarks>
/// Rules as upstream's <c>CircularExemplarStorage</c>. Of two at one time with one value, which comes first is decided by the order of their labels; upstream takes
/// a hash of them, which differs from build to build.
/// </remarks>
internal sealed class ExemplarStore
{
    private const int CancellationInterval = 1024;

    private readonly Func<SeriesRef, Labels?> _findLabels;
    private readonly Lock _lock = new(); // guards all that follows
    private readonly Queue<LinkedListNode<StoredExemplar>> _ages = new(); // in the order in which they came
    private readonly Dictionary<Labels, ExemplarSeries> _series = [];
    private readonly Dictionary<SeriesRef, ExemplarSeries> _byReference = [];
    private volatile int _limit;
    private long _outOfOrderMs;
    private long _appended;
    private long _outOfOrder;

    /// <param name="findLabels">The labels of a series of the head; null when it is not there.</param>
    public ExemplarStore(Func<SeriesRef, Labels?> findLabels)
    {
        _findLabels = findLabels;
    }

    public bool KeepsExemplars => _limit > 0;

    /// <summary>Holds at most so many from now on; what is too much goes, the oldest first. Zero or less: none are kept.</summary>
    public void SetLimit(long limit)
    {
        lock (_lock)
        {
            _limit = (int)Math.Clamp(limit, 0, Array.MaxLength);
            while (_ages.Count > _limit)
            {
                RemoveOldest();
            }

            _ages.TrimExcess();
        }
    }

    /// <summary>How far behind the newest of its series an exemplar may be; zero: not at all.</summary>
    public void SetOutOfOrderWindow(TimeSpan window)
    {
        lock (_lock)
        {
            _outOfOrderMs = Math.Max(0, (long)window.TotalMilliseconds);
        }
    }

    /// <param name="exemplars">In the order in which they came.</param>
    /// <param name="stored">Gets those that were stored; null when nobody wants to know.</param>
    public ExemplarSummary Append(ReadOnlySpan<SeriesExemplar> exemplars, List<SeriesExemplar>? stored = null)
    {
        int appended = 0;
        int outOfOrder = 0;
        int invalid = 0;
        int unknown = 0;
        lock (_lock)
        {
            foreach (SeriesExemplar exemplar in exemplars)
            {
                if (_limit == 0)
                {
                    break;
                }

                if (IsTooLong(exemplar.Exemplar.Labels))
                {
                    invalid++;
                }
                else if (FindSeries(exemplar.Series) is not { } series)
                {
                    unknown++;
                }
                else
                {
                    bool? taken = TryAdd(series, exemplar.Exemplar);
                    appended += taken == true ? 1 : 0;
                    outOfOrder += taken == false ? 1 : 0;
                    if (taken == true)
                    {
                        stored?.Add(exemplar);
                    }

                    Forget(series);
                }
            }

            _appended += appended;
            _outOfOrder += outOfOrder;
        }

        return new ExemplarSummary(appended, outOfOrder, invalid, unknown);
    }

    /// <summary>All there are, in the order in which they came.</summary>
    public List<SeriesExemplar> CopyAll()
    {
        var all = new List<SeriesExemplar>();
        lock (_lock)
        {
            foreach (LinkedListNode<StoredExemplar> node in _ages)
            {
                all.Add(new SeriesExemplar(node.Value.Series.Reference, node.Value.Exemplar));
            }
        }

        return all;
    }

    public IReadOnlyList<ExemplarsOfSeries> Select(
        IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime, CancellationToken cancellationToken)
    {
        ExemplarSeries[] all;
        lock (_lock)
        {
            all = [.. _series.Values];
        }

        // Matching may take long; labels never change.
        var matched = new List<ExemplarSeries>();
        for (int i = 0; i < all.Length; i++)
        {
            if (i % CancellationInterval == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (Matches(all[i].Labels, matcherSets))
            {
                matched.Add(all[i]);
            }
        }

        var found = new List<ExemplarsOfSeries>();
        lock (_lock)
        {
            foreach (ExemplarSeries series in matched)
            {
                Exemplar[] exemplars = InRange(series, minTime, maxTime);
                if (exemplars.Length > 0)
                {
                    found.Add(new ExemplarsOfSeries(series.Labels, exemplars));
                }
            }
        }

        found.Sort(static (x, y) => Labels.Compare(x.Series, y.Series));
        return found;
    }

    public ExemplarMetrics GetMetrics()
    {
        lock (_lock)
        {
            long oldest = _ages.TryPeek(out LinkedListNode<StoredExemplar>? node) ? node.Value.Exemplar.Timestamp : 0;
            return new ExemplarMetrics(_appended, _outOfOrder, _ages.Count, _series.Count, oldest, _limit);
        }
    }

    private static bool IsTooLong(Labels labels)
    {
        int length = 0;
        foreach (Label label in labels.AsSpan())
        {
            length += CountRunes(label.Name) + CountRunes(label.Value);
        }

        return length > Exemplar.MaxLabelLength;
    }

    private static int CountRunes(string text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static bool Matches(Labels labels, IReadOnlyList<IReadOnlyList<Matcher>> matcherSets)
    {
        foreach (IReadOnlyList<Matcher> set in matcherSets)
        {
            bool holds = true;
            for (int i = 0; i < set.Count && holds; i++)
            {
                holds = set[i].Matches(labels[set[i].Name]);
            }

            if (holds)
            {
                return true;
            }
        }

        return false;
    }

    private static Exemplar[] InRange(ExemplarSeries series, long minTime, long maxTime)
    {
        var exemplars = new List<Exemplar>();
        for (LinkedListNode<StoredExemplar>? node = series.Exemplars.First; node is not null && node.Value.Exemplar.Timestamp <= maxTime; node = node.Next)
        {
            if (node.Value.Exemplar.Timestamp >= minTime)
            {
                exemplars.Add(node.Value.Exemplar);
            }
        }

        return [.. exemplars];
    }

    // The series of a reference, made when it has none yet; null when the head does not know it.
    private ExemplarSeries? FindSeries(SeriesRef reference)
    {
        if (_byReference.TryGetValue(reference, out ExemplarSeries? series))
        {
            return series;
        }

        if (_findLabels(reference) is not { } labels)
        {
            return null;
        }

        if (_series.TryGetValue(labels, out series))
        {
            _byReference.Remove(series.Reference);
        }
        else
        {
            series = new ExemplarSeries(labels);
            _series.Add(labels, series);
        }

        series.Reference = reference;
        _byReference.Add(reference, series);
        return series;
    }

    // True when it was stored, false when it is out of order, null when it was there already.
    private bool? TryAdd(ExemplarSeries series, in Exemplar exemplar)
    {
        LinkedListNode<StoredExemplar>? before = series.Exemplars.Last;
        if (before is not null)
        {
            Exemplar newest = before.Value.Exemplar;
            if (newest.IsSameAs(exemplar))
            {
                return null;
            }

            bool isLate = exemplar.Timestamp < newest.Timestamp;
            if (isLate ? exemplar.Timestamp <= newest.Timestamp - _outOfOrderMs : Exemplar.Compare(exemplar, newest) < 0)
            {
                return false;
            }

            while (before is not null && before.Value.Exemplar.Timestamp > exemplar.Timestamp)
            {
                before = before.Previous;
            }

            // Among older ones, one at the same time is taken for the same.
            if (isLate && before?.Value.Exemplar.Timestamp == exemplar.Timestamp)
            {
                return null;
            }
        }

        if (_ages.Count == _limit)
        {
            before = before == _ages.Peek() ? before?.Previous : before;
            RemoveOldest(kept: series);
        }

        _ages.Enqueue(Insert(series, before, new StoredExemplar(exemplar, series)));
        return true;
    }

    private static LinkedListNode<StoredExemplar> Insert(ExemplarSeries series, LinkedListNode<StoredExemplar>? before, StoredExemplar exemplar) =>
        before is null ? series.Exemplars.AddFirst(exemplar) : series.Exemplars.AddAfter(before, exemplar);

    private void RemoveOldest(ExemplarSeries? kept = null)
    {
        LinkedListNode<StoredExemplar> node = _ages.Dequeue();
        ExemplarSeries series = node.Value.Series;
        series.Exemplars.Remove(node);
        if (series != kept)
        {
            Forget(series);
        }
    }

    // A series without exemplars is not one of those that have some.
    private void Forget(ExemplarSeries series)
    {
        if (series.Exemplars.Count == 0)
        {
            _series.Remove(series.Labels);
            _byReference.Remove(series.Reference);
        }
    }
}
