using Pharos.Core.Labels;
using Pharos.Storage.Head;
using Pharos.Storage.Index;

namespace Pharos.Storage.Querying;

/// <summary>Rankings of what the head holds, from the postings: no series is visited.</summary>
internal static class HeadStatistics
{
    public static TsdbStatus Collect(HeadMemory memory, int limit)
    {
        SeriesStore store = memory.Series;
        var values = new Ranking(limit);
        var bytes = new Ranking(limit);
        var pairs = new Ranking(limit);
        var names = new Ranking(limit);
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
                foreach (uint value in ids)
                {
                    int series = index.CountOf(value);
                    used += (long)series * store.Symbols.Get(value).Length;
                    pairs.Add(series, () => $"{text}={store.Text(value)}");
                    if (isMetricName)
                    {
                        names.Add(series, () => store.Text(value));
                    }
                }

                bytes.Add(used, () => text);
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
            };
        }
        finally
        {
            store.Index.ExitReadLock();
        }
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

        public List<TsdbStatistic> ToList() => _entries;
    }
}
