using System.Runtime.InteropServices;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Matching;
using Pharos.Core.Samples;

namespace Pharos.Testing;

/// <summary>
/// The plainest store that fulfils the contract of <see cref="ISeriesSource"/>: sorted arrays, linear matching. Fill it first, read it after;
/// reading is thread-safe. Counts what is read, so that tests can say how often.
/// </summary>
public sealed class InMemorySeriesSource : ISeriesSource
{
    private readonly Dictionary<Labels, InMemorySeries> _byLabels = [];
    private readonly List<InMemorySeries> _series = [];
    private readonly Dictionary<string, uint> _ids = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> _values = [""];
    private readonly Dictionary<string, uint> _shapeIds = new(StringComparer.Ordinal);
    private readonly List<string[]> _shapes = [];
    private int _reads;
    private int _openQueriers;

    /// <summary>Series decoded so far, over all queries.</summary>
    public int Reads => _reads;

    /// <summary>Queriers that were opened and not disposed.</summary>
    public int OpenQueriers => _openQueriers;

    /// <summary>How many series there are.</summary>
    public int Count => _series.Count;

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        _byLabels.Clear();
        _series.Clear();
    }

    /// <summary>Adds a sample behind those of its series.</summary>
    /// <exception cref="InvalidOperationException">The series has a sample at or after this time.</exception>
    public void Add(Labels labels, long timestamp, double value)
    {
        InMemorySeries series = GetOrAdd(labels);
        if (series.Timestamps.Count > 0 && series.Timestamps[^1] >= timestamp)
        {
            throw new InvalidOperationException($"out of order sample at {timestamp} for {labels}, newest is {series.Timestamps[^1]}");
        }

        series.Timestamps.Add(timestamp);
        series.Values.Add(value);
    }

    /// <summary>Adds a histogram behind the samples of its series; its hint is read back as upstream's store has it.</summary>
    /// <exception cref="InvalidOperationException">The series has a sample at or after this time.</exception>
    public void Add(Labels labels, long timestamp, FloatHistogram histogram)
    {
        Add(labels, timestamp, histogram.Sum);
        InMemorySeries series = _byLabels[labels];
        int at = series.Timestamps.Count - 1;
        series.Histograms[at] = histogram.WithHint(StoredHint.Of(histogram, series.Histograms.GetValueOrDefault(at - 1)));
    }

    /// <summary>Says when the counter behind the newest sample of a series began.</summary>
    public void SetStartTimestamp(Labels labels, long startTimestamp)
    {
        InMemorySeries series = _byLabels[labels];
        series.StartTimestamps[series.Timestamps.Count - 1] = startTimestamp;
    }

    /// <summary>Adds a series with samples at even distances.</summary>
    public void Add(Labels labels, long start, long interval, params ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Add(labels, start + (i * interval), values[i]);
        }
    }

    /// <summary>The samples of a series, or null.</summary>
    public IReadOnlyList<Sample>? Find(Labels labels) =>
        _byLabels.TryGetValue(labels, out InMemorySeries? series) ? [.. series.Timestamps.Zip(series.Values, static (t, v) => new Sample(t, v))] : null;

    public ISeriesQuerier OpenQuerier()
    {
        Interlocked.Increment(ref _openQueriers);
        return new Querier(this);
    }

    private InMemorySeries GetOrAdd(Labels labels)
    {
        if (!_byLabels.TryGetValue(labels, out InMemorySeries? series))
        {
            string[] names = [.. labels.Select(static l => l.Name)];
            string shape = string.Join('\u0001', names);
            if (!_shapeIds.TryGetValue(shape, out uint shapeId))
            {
                shapeId = (uint)_shapes.Count;
                _shapeIds.Add(shape, shapeId);
                _shapes.Add(names);
            }

            series = new InMemorySeries(labels, shapeId, [.. labels.Select(l => Intern(l.Value))]);
            _byLabels.Add(labels, series);
            _series.Add(series);
        }

        return series;
    }

    private uint Intern(string value)
    {
        if (!_ids.TryGetValue(value, out uint id))
        {
            id = (uint)_values.Count;
            _ids.Add(value, id);
            _values.Add(value);
        }

        return id;
    }

    private sealed record InMemorySeries(Labels Labels, uint ShapeId, uint[] ValueIds)
    {
        public List<long> Timestamps { get; } = [];

        public List<double> Values { get; } = [];

        /// <summary>By the place of the sample.</summary>
        public Dictionary<int, FloatHistogram> Histograms { get; } = [];

        /// <summary>By the place of the sample.</summary>
        public Dictionary<int, long> StartTimestamps { get; } = [];

        public (int From, int To) Range(long minTime, long maxTime)
        {
            int from = LowerBound(minTime);
            return (from, maxTime == long.MaxValue ? Timestamps.Count : LowerBound(maxTime + 1));
        }

        private int LowerBound(long time)
        {
            int at = Timestamps.BinarySearch(time);
            return at < 0 ? ~at : at;
        }
    }

    private sealed class Querier(InMemorySeriesSource source) : ISeriesQuerier
    {
        private int _disposed;

        public ISeriesSet Select(SeriesSelection selection, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new SeriesSet(source, [.. Matching(selection.Matchers, selection.MinTime, selection.MaxTime)]);
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
                Interlocked.Decrement(ref source._openQueriers);
            }
        }

        private IEnumerable<InMemorySeries> MatchingAny(IReadOnlyList<IReadOnlyList<Matcher>> matcherSets, long minTime, long maxTime) =>
            matcherSets.Count == 0 ? Matching([], minTime, maxTime) : matcherSets.SelectMany(set => Matching(set, minTime, maxTime)).Distinct();

        private IEnumerable<InMemorySeries> Matching(IReadOnlyList<Matcher> matchers, long minTime, long maxTime) =>
            source._series.Where(series =>
            {
                (int from, int to) = series.Range(minTime, maxTime);
                return from < to && matchers.All(m => m.Matches(series.Labels[m.Name]));
            });
    }

    private sealed class SeriesSet(InMemorySeriesSource source, InMemorySeries[] series) : ISeriesSet
    {
        public int Count => series.Length;

        public bool HasMoreThanNumbers => Array.Exists(series, static s => s.Histograms.Count > 0 || s.StartTimestamps.Count > 0);

        public Labels GetLabels(int index) => series[index].Labels;

        public void GetLabelValueIds(string name, Span<uint> ids)
        {
            for (int i = 0; i < series.Length; i++)
            {
                int at = Array.IndexOf(source._shapes[(int)series[i].ShapeId], name);
                ids[i] = at < 0 ? 0 : series[i].ValueIds[at];
            }
        }

        public void GetShapeIds(Span<uint> ids)
        {
            for (int i = 0; i < series.Length; i++)
            {
                ids[i] = series[i].ShapeId;
            }
        }

        public IReadOnlyList<string> GetShapeLabelNames(uint shapeId) => source._shapes[(int)shapeId];

        public string GetLabelValue(uint valueId) => source._values[(int)valueId];

        public void Read(int index, long minTime, long maxTime, SampleBuffer buffer)
        {
            Interlocked.Increment(ref source._reads);
            InMemorySeries one = series[index];
            (int from, int to) = one.Range(minTime, maxTime);
            int count = Math.Max(0, to - from);
            buffer.Clear();
            buffer.EnsureCapacity(count);
            CollectionsMarshal.AsSpan(one.Timestamps).Slice(from, count).CopyTo(buffer.TimestampArray);
            CollectionsMarshal.AsSpan(one.Values).Slice(from, count).CopyTo(buffer.ValueArray);
            buffer.Count = count;
            for (int i = 0; i < count; i++)
            {
                buffer.SetHistogram(i, one.Histograms.GetValueOrDefault(from + i));
                buffer.SetStartTimestamp(i, one.StartTimestamps.GetValueOrDefault(from + i));
            }
        }

        public bool TryReadLast(int index, long minTime, long maxTime, out Sample sample)
        {
            InMemorySeries one = series[index];
            (int from, int to) = one.Range(minTime, maxTime);
            sample = from < to ? new Sample(one.Timestamps[to - 1], one.Values[to - 1]) : default;
            return from < to;
        }
    }
}
