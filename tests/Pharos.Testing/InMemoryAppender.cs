using System.Text;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;

namespace Pharos.Testing;

/// <summary>
/// The plainest store that fulfils the contract of <see cref="ISeriesAppender"/>, with switches for what can go wrong. Thread-safe by one lock.
/// </summary>
public sealed class InMemoryAppender : ISeriesAppender
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SeriesRef> _byBytes = new(StringComparer.Ordinal);
    private readonly Dictionary<Labels, SeriesRef> _byLabels = [];
    private readonly Dictionary<SeriesRef, (Labels Labels, List<Sample> Samples)> _series = [];
    private readonly Dictionary<SeriesRef, List<(long Timestamp, NativeHistogram Histogram)>> _histograms = [];
    private ulong _next = 1;

    /// <summary>How many series may be made.</summary>
    public int SeriesLimit { get; set; } = int.MaxValue;

    /// <summary>Makes every write fail as a full disk does.</summary>
    public bool IsUnavailable { get; set; }

    /// <summary>Samples older than this are refused as too old.</summary>
    public long OldestTime { get; set; } = long.MinValue;

    /// <summary>Lookups by bytes so far, and how many of them found a series.</summary>
    public (int All, int Found) Lookups { get; private set; }

    /// <summary>Batches appended so far.</summary>
    public int Batches { get; private set; }

    /// <summary>How often the series that are found are dropped again before the batch arrives.</summary>
    public int DropsBeforeAppend { get; set; }

    /// <summary>The series in the order in which they were made.</summary>
    public IReadOnlyList<Labels> Series
    {
        get
        {
            lock (_lock)
            {
                return [.. _series.OrderBy(static s => s.Key.Value).Select(static s => s.Value.Labels)];
            }
        }
    }

    /// <summary>The samples of a series, none when there is no such series.</summary>
    public IReadOnlyList<Sample> SamplesOf(Labels labels)
    {
        lock (_lock)
        {
            return _byLabels.TryGetValue(labels, out SeriesRef series) ? [.. _series[series].Samples] : [];
        }
    }

    /// <summary>The histograms of a series in the order of their times.</summary>
    public IReadOnlyList<NativeHistogram> HistogramsOf(Labels labels) => [.. TimedHistogramsOf(labels).Select(static h => h.Histogram)];

    /// <summary>The histograms of a series with their times.</summary>
    public IReadOnlyList<(long Timestamp, NativeHistogram Histogram)> TimedHistogramsOf(Labels labels)
    {
        lock (_lock)
        {
            return _byLabels.TryGetValue(labels, out SeriesRef series) && _histograms.TryGetValue(series, out List<(long Timestamp, NativeHistogram Histogram)>? histograms)
                ? [.. histograms]
                : [];
        }
    }

    public bool TryFind(ReadOnlySpan<byte> labelBytes, out SeriesRef series)
    {
        lock (_lock)
        {
            bool found = _byBytes.TryGetValue(Key(labelBytes), out series);
            Lookups = (Lookups.All + 1, Lookups.Found + (found ? 1 : 0));
            return found;
        }
    }

    public SeriesRef GetOrAdd(Labels labels, ReadOnlySpan<byte> wireBytes = default)
    {
        lock (_lock)
        {
            ThrowIfUnavailable();
            if (!_byLabels.TryGetValue(labels, out SeriesRef series))
            {
                if (_series.Count >= SeriesLimit)
                {
                    throw new SeriesLimitException(SeriesLimit);
                }

                series = new SeriesRef(_next++);
                _byLabels.Add(labels, series);
                _series.Add(series, (labels, []));
                _byBytes[Key(Encode(labels))] = series;
            }

            if (!wireBytes.IsEmpty)
            {
                _byBytes[Key(wireBytes)] = series;
            }

            return series;
        }
    }

    public AppendSummary Append(SampleBatch batch)
    {
        lock (_lock)
        {
            ThrowIfUnavailable();
            Batches++;
            if (DropsBeforeAppend > 0)
            {
                DropsBeforeAppend--;
                DropAll();
            }

            int[] counts = new int[5];
            for (int i = 0; i < batch.Count; i++)
            {
                AppendResult result = batch.HasHistograms && !batch.Histograms[i].IsNone
                    ? Append(batch.Series[i], batch.Timestamps[i], batch.Histograms[i])
                    : Append(batch.Series[i], new Sample(batch.Timestamps[i], batch.Values[i]));
                batch.Results[i] = result;
                counts[(int)result]++;
            }

            return new AppendSummary(counts[0], counts[1], counts[2], counts[3], counts[4]);
        }
    }

    /// <summary>Forgets every series, as retention does; their references mean nothing any more.</summary>
    public void DropAll()
    {
        lock (_lock)
        {
            _byBytes.Clear();
            _byLabels.Clear();
            _series.Clear();
        }
    }

    /// <summary>The canonical bytes of a label set, as a sender writes them.</summary>
    public static byte[] Encode(Labels labels)
    {
        var bytes = new List<byte>();
        foreach (Label label in labels)
        {
            byte[] name = Encoding.UTF8.GetBytes(label.Name);
            byte[] value = Encoding.UTF8.GetBytes(label.Value);
            List<byte> inner = [0x0a, .. Varint(name.Length), .. name, 0x12, .. Varint(value.Length), .. value];
            bytes.AddRange([0x0a, .. Varint(inner.Count), .. inner]);
        }

        return [.. bytes];
    }

    private static IEnumerable<byte> Varint(int value)
    {
        for (uint rest = (uint)value; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                yield return (byte)rest;
                yield break;
            }

            yield return (byte)(rest | 0x80);
        }
    }

    private AppendResult Append(SeriesRef reference, long timestamp, NativeHistogram histogram)
    {
        if (!_series.TryGetValue(reference, out (Labels Labels, List<Sample> Samples) series))
        {
            return AppendResult.UnknownSeries;
        }

        if (!_histograms.TryGetValue(reference, out List<(long Timestamp, NativeHistogram Histogram)>? histograms))
        {
            histograms = _histograms[reference] = [];
        }

        if (timestamp < OldestTime)
        {
            return AppendResult.TooOld;
        }

        long newest = Math.Max(histograms.Count == 0 ? long.MinValue : histograms[^1].Timestamp, series.Samples.Count == 0 ? long.MinValue : series.Samples[^1].Timestamp);
        if (timestamp <= newest)
        {
            return timestamp < newest ? AppendResult.OutOfOrder
                : histograms.Count > 0 && histograms[^1].Timestamp == timestamp && histograms[^1].Histogram.ToFloat().ContentEquals(histogram.ToFloat()) ? AppendResult.Appended
                : AppendResult.DuplicateTimestamp;
        }

        histograms.Add((timestamp, histogram));
        return AppendResult.Appended;
    }

    private AppendResult Append(SeriesRef reference, Sample sample)
    {
        if (!_series.TryGetValue(reference, out (Labels Labels, List<Sample> Samples) series))
        {
            return AppendResult.UnknownSeries;
        }

        if (sample.Timestamp < OldestTime)
        {
            return AppendResult.TooOld;
        }

        if (series.Samples.Count > 0 && sample.Timestamp <= series.Samples[^1].Timestamp)
        {
            Sample last = series.Samples[^1];
            return sample.Timestamp < last.Timestamp ? AppendResult.OutOfOrder
                : sample.Value.Equals(last.Value) ? AppendResult.Appended
                : AppendResult.DuplicateTimestamp;
        }

        series.Samples.Add(sample);
        return AppendResult.Appended;
    }

    private void ThrowIfUnavailable()
    {
        if (IsUnavailable)
        {
            throw new StorageUnavailableException("cannot write the log: no space left on device");
        }
    }

    private static string Key(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);
}
