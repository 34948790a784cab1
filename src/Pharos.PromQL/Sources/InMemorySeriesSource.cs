using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.PromQL.Syntax;
using Pharos.PromQL.Syntax.Series;

namespace Pharos.PromQL.Sources;

/// <summary>
/// Series in memory: what a query runs on in a test, or wherever samples come from somewhere else and are few. Matching looks at every series. Fill it first and read it
/// after: reading is thread-safe, filling is not.
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

    /// <summary>In the order in which they were added.</summary>
    internal IReadOnlyList<InMemorySeries> Series => _series;

    /// <summary>The label names of the series of one shape, sorted.</summary>
    internal IReadOnlyList<string[]> Shapes => _shapes;

    /// <summary>Values of labels by their ids.</summary>
    internal IReadOnlyList<string> Values => _values;

    /// <summary>
    /// Adds series in the notation of Prometheus' test scripts and rule tests: <c>metric{label="value"} 1 2+1x10 _ stale {{sum:3 count:2 buckets:[1 1]}}</c>, value k at
    /// k times the interval after 1970 began.
    /// </summary>
    /// <param name="interval">From value to value; above 0.</param>
    /// <param name="lines">One series a line; empty lines and what begins with # are passed over.</param>
    /// <returns>This source.</returns>
    /// <exception cref="PromQLException">A line is no series; nothing of it is added.</exception>
    /// <exception cref="ArgumentException">A histogram does not fit together.</exception>
    /// <exception cref="InvalidOperationException">A series has samples at or after these.</exception>
    public InMemorySeriesSource Load(TimeSpan interval, string lines)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromMilliseconds(1));
        foreach (string line in lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!line.StartsWith('#'))
            {
                Add(PromQLParser.ParseSeriesDescription(line), (long)interval.TotalMilliseconds);
            }
        }

        return this;
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        _byLabels.Clear();
        _series.Clear();
    }

    /// <summary>Adds a sample behind those of its series.</summary>
    /// <param name="labels">The series; its name is the label <c>__name__</c>.</param>
    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    /// <param name="value">Any number; <see cref="Staleness.Marker"/> says that the series ended.</param>
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

    /// <summary>Adds a histogram behind the samples of its series.</summary>
    /// <exception cref="ArgumentException">The histogram does not fit together, as <see cref="FloatHistogram.Validate"/> says.</exception>
    /// <exception cref="InvalidOperationException">The series has a sample at or after this time.</exception>
    public void Add(Labels labels, long timestamp, FloatHistogram histogram)
    {
        if (histogram.Validate() is { } error)
        {
            throw new ArgumentException($"{labels} at {timestamp}: {error}", nameof(histogram));
        }

        Add(labels, timestamp, histogram.Sum);
        InMemorySeries series = _byLabels[labels];
        series.Histograms[series.Timestamps.Count - 1] = histogram;
    }

    /// <summary>Adds samples at even distances behind those of their series.</summary>
    /// <param name="labels">The series.</param>
    /// <param name="start">The time of the first, milliseconds since the Unix epoch.</param>
    /// <param name="interval">Milliseconds from one to the next.</param>
    /// <param name="values">At least one.</param>
    /// <exception cref="ArgumentException">There is no value: a single sample is a time and a double.</exception>
    public void Add(Labels labels, long start, long interval, params ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("there are no values; a single sample is a time and a double", nameof(values));
        }

        for (int i = 0; i < values.Length; i++)
        {
            Add(labels, start + (i * interval), values[i]);
        }
    }

    /// <summary>Says when the counter behind the newest sample of a series began, in milliseconds since the Unix epoch.</summary>
    public void SetStartTimestamp(Labels labels, long startTimestamp)
    {
        InMemorySeries series = _byLabels[labels];
        series.StartTimestamps[series.Timestamps.Count - 1] = startTimestamp;
    }

    /// <summary>The samples of a series, or null; of a histogram its sum.</summary>
    public IReadOnlyList<Sample>? Find(Labels labels) =>
        _byLabels.TryGetValue(labels, out InMemorySeries? series) ? [.. series.Timestamps.Zip(series.Values, static (t, v) => new Sample(t, v))] : null;

    /// <inheritdoc/>
    public ISeriesQuerier OpenQuerier()
    {
        Interlocked.Increment(ref _openQueriers);
        return new InMemoryQuerier(this);
    }

    /// <summary>A querier was disposed.</summary>
    internal void CloseQuerier() => Interlocked.Decrement(ref _openQueriers);

    /// <summary>A series was decoded.</summary>
    internal void CountRead() => Interlocked.Increment(ref _reads);

    private void Add(SeriesDescription description, long intervalMs)
    {
        for (int k = 0; k < description.Values.Count; k++)
        {
            SeriesValue value = description.Values[k];
            if (value.Histogram is { } histogram)
            {
                Add(description.Labels, k * intervalMs, histogram);
            }
            else if (!value.IsOmitted)
            {
                Add(description.Labels, k * intervalMs, value.Value);
            }
        }
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
}
