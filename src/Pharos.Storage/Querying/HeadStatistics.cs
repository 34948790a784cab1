using Pharos.Core.Labels;
using Pharos.Storage.Head;
using Pharos.Storage.Index;

namespace Pharos.Storage.Querying;

/// <summary>Rankings of what the head holds, from the postings: no series is visited.</summary>
internal static class HeadStatistics
{
    /// <param name="memory">The head.</param>
    /// <param name="limit">Entries of each ranking at most.</param>
    /// <param name="mark">Series above its reference count as created lately.</param>
    public static TsdbStatus Collect(HeadMemory memory, int limit, (long Time, uint LastReference) mark)
    {
        SeriesStore store = memory.Series;
        var values = new Ranking(limit);
        var bytes = new Ranking(limit);
        var pairs = new Ranking(limit);
        var names = new Ranking(limit);
        var newValues = new Ranking(limit);
        var newPairs = new Ranking(limit);
        var newNames = new Ranking(limit);
        long newSeries = 0;
        long pairCount = 0;
        store.Index.EnterReadLock();
        try
        {
            var ids = new List<uint>();
            foreach ((uint name, LabelIndex index) in store.LabelIndexes)
            {
                string text = store.Text(name);
                bool isMetricName = string.Equals(text, Label.MetricName, StringComparison.Ordinal);
                values.Add(index.ValueCount, () => text);
                pairCount += index.ValueCount;
                ids.Clear();
                index.CopyValues(ids);
                long used = 0;
                int newOfName = 0;
                foreach (uint value in ids)
                {
                    ReadOnlySpan<uint> references = index.Get(value);
                    int series = references.Length;
                    int created = CountAbove(references, mark.LastReference);
                    newOfName += created == series ? 1 : 0;
                    used += (long)series * store.Symbols.Get(value).Length;
                    pairs.Add(series, () => $"{text}={store.Text(value)}");
                    newPairs.AddAny(created, () => $"{text}={store.Text(value)}");
                    if (isMetricName)
                    {
                        names.Add(series, () => store.Text(value));
                        newNames.AddAny(created, () => store.Text(value));
                        newSeries += created;
                    }
                }

                bytes.Add(used, () => text);
                newValues.AddAny(newOfName, () => text);
            }

            return new TsdbStatus
            {
                Series = store.Count,
                LabelPairs = pairCount,
                Chunks = memory.ChunksCreated - memory.ChunksRemoved,
                MinTime = memory.MinTime,
                MaxTime = memory.MaxTime,
                SeriesCountByMetricName = names.ToList(),
                LabelValueCountByLabelName = values.ToList(),
                MemoryInBytesByLabelName = bytes.ToList(),
                SeriesCountByLabelValuePair = pairs.ToList(),
                CreatedSince = mark.Time,
                SeriesCreated = newSeries,
                SeriesCreatedByMetricName = newNames.ToList(),
                SeriesCreatedByLabelValuePair = newPairs.ToList(),
                LabelValuesCreatedByLabelName = newValues.ToList(),
            };
        }
        finally
        {
            store.Index.ExitReadLock();
        }
    }

    // How many of ascending references are greater.
    private static int CountAbove(ReadOnlySpan<uint> references, uint last)
    {
        int low = 0;
        int high = references.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = references[middle] <= last ? (middle + 1, high) : (low, middle);
        }

        return references.Length - low;
    }

    // The greatest so many; a name is made only for what enters.
    private sealed class Ranking(int limit)
    {
        private readonly List<TsdbStatistic> _entries = [];

        public void Add(long value, Func<string> name)
        {
            if (limit <= 0 || (_entries.Count == limit && _entries[^1].Value >= value))
            {
                return;
            }

            int at = _entries.Count;
            while (at > 0 && _entries[at - 1].Value < value)
            {
                at--;
            }

            _entries.Insert(at, new TsdbStatistic(name(), value));
            if (_entries.Count > limit)
            {
                _entries.RemoveAt(limit);
            }
        }

        /// <summary>As <see cref="Add"/>, without those that are none.</summary>
        public void AddAny(long value, Func<string> name)
        {
            if (value > 0)
            {
                Add(value, name);
            }
        }

        public List<TsdbStatistic> ToList() => _entries;
    }
}
