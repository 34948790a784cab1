using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Testing;

/// <summary>
/// Takes samples in and remembers them in order, with the store's rules for time: newer is stored, the same time with another value is a duplicate,
/// older is out of order. Thread-safe.
/// </summary>
public sealed class RecordingAppender : ISeriesAppender
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Labels, SeriesRef> _refs = [];
    private readonly Dictionary<SeriesRef, Labels> _labels = [];
    private readonly Dictionary<SeriesRef, Sample> _last = [];
    private readonly List<(Labels Labels, Sample Sample)> _samples = [];
    private ulong _next = 1;

    /// <summary>Called after each batch, outside the lock.</summary>
    public Action? Appended { get; set; }

    /// <summary>When set, every call fails with it.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How many series were made, those forgotten included.</summary>
    public int SeriesMade => (int)_next - 1;

    public int Batches { get; private set; }

    /// <summary>Everything stored, in order.</summary>
    public IReadOnlyList<(Labels Labels, Sample Sample)> Samples
    {
        get
        {
            lock (_lock)
            {
                return [.. _samples];
            }
        }
    }

    /// <summary>What was stored of a series, as values; staleness markers as <c>stale</c>.</summary>
    public string ValuesOf(string labels)
    {
        lock (_lock)
        {
            return string.Join(' ', _samples.Where(s => s.Labels.ToString() == labels)
                .Select(static s => Staleness.IsMarker(s.Sample.Value) ? "stale" : s.Sample.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Every series that was stored, as text, sorted.</summary>
    public IReadOnlyList<string> SeriesNames
    {
        get
        {
            lock (_lock)
            {
                return [.. _samples.Select(static s => s.Labels.ToString()).Distinct().Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Forgets every series, as retention does: their references are unknown from now on.</summary>
    public void ForgetSeries()
    {
        lock (_lock)
        {
            _refs.Clear();
            _labels.Clear();
            _last.Clear();
        }
    }

    public bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series)
    {
        series = default;
        return false;
    }

    public SeriesRef GetOrAdd(Labels labels, ReadOnlySpan<byte> wireBytes = default)
    {
        lock (_lock)
        {
            ThrowFailure();
            if (!_refs.TryGetValue(labels, out SeriesRef series))
            {
                series = new SeriesRef(_next++);
                _refs.Add(labels, series);
                _labels.Add(series, labels);
            }

            return series;
        }
    }

    public AppendSummary Append(SampleBatch batch)
    {
        AppendSummary summary;
        lock (_lock)
        {
            ThrowFailure();
            Span<int> counts = stackalloc int[5];
            for (int i = 0; i < batch.Count; i++)
            {
                AppendResult result = Append(batch.Series[i], new Sample(batch.Timestamps[i], batch.Values[i]));
                batch.Results[i] = result;
                counts[(int)result]++;
            }

            Batches++;
            summary = new AppendSummary(counts[0], counts[1], counts[2], counts[3], counts[4]);
        }

        Appended?.Invoke();
        return summary;
    }

    private AppendResult Append(SeriesRef series, Sample sample)
    {
        if (!_labels.TryGetValue(series, out Labels? labels))
        {
            return AppendResult.UnknownSeries;
        }

        if (_last.TryGetValue(series, out Sample last))
        {
            if (sample.Timestamp < last.Timestamp)
            {
                return AppendResult.OutOfOrder;
            }

            if (sample.Timestamp == last.Timestamp)
            {
                return BitConverter.DoubleToInt64Bits(sample.Value) == BitConverter.DoubleToInt64Bits(last.Value)
                    ? AppendResult.Appended
                    : AppendResult.DuplicateTimestamp;
            }
        }

        _last[series] = sample;
        _samples.Add((labels, sample));
        return AppendResult.Appended;
    }

    private void ThrowFailure()
    {
        if (Failure is not null)
        {
            throw Failure;
        }
    }
}
