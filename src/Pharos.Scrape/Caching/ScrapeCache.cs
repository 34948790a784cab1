using System.Runtime.CompilerServices;
using Pharos.Core.Contracts;
using Pharos.Core.Histograms;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Scrape.Configuration;
using Pharos.Scrape.Exposition;
using Pharos.Scrape.Loops;

namespace Pharos.Scrape.Caching;

/// <summary>
/// Turns the bodies of one target into samples. Expositions keep their order from scrape to scrape: the next line is compared with the one that stood
/// there, and only its number is read. Where that fails the series is looked up by its text, and only where it is new its labels are made.
/// A target that keeps its series costs neither an allocation nor a hash. Of one loop at a time, not thread-safe.
/// Benchmark: <c>ScrapeParseBenchmarks</c>; decision 0050.
/// </summary>
/// <param name="metadata">Takes what the target says of its families.</param>
/// <param name="exemplars">Takes exemplars; null when they are of no interest.</param>
/// <param name="log">Takes what is said about series; null when nobody wants to know.</param>
internal sealed class ScrapeCache(MetadataStore metadata, IExemplarAppender? exemplars = null, IMetadataAppender? log = null)
{
    private const long MaxAheadMs = 10 * 60 * 1000;

    private readonly SeriesTable _series = new();
    private readonly LineMemory _lines = new();
    private readonly List<FamilyMetadata> _families = [];
    private readonly List<(int Series, Labels Labels)> _new = [];
    private readonly List<int> _stale = [];
    private readonly ClassicHistograms _classic = new();
    private readonly ScrapedExemplars? _exemplars = exemplars is null ? null : new ScrapedExemplars(exemplars);
    private readonly ScrapedMetadata? _said = log is null ? null : new ScrapedMetadata(log, metadata);
    private byte[] _unit = [];
    private ScrapeConfig _config = null!;
    private SampleLabeler _labeler = null!;
    private SampleBatch _batch = null!;
    private ScrapeCounts _counts;
    private int[] _batchSeries = new int[64];
    private long _time;
    private int _scrape;
    private int _lastSuccess = -1;
    private int _seen;
    private int _seenLast;
    private int _tracked;
    private int _trackedLast;
    private int _stillTracked;
    private int _limited;
    private int _known;
    private int _own;
    private bool _isOpen;
    private bool _converts;

    public MetadataStore Metadata => metadata;

    /// <summary>How many series are remembered.</summary>
    public int SeriesCount => _series.Count;

    /// <summary>What was counted so far, up to an error too.</summary>
    public ScrapeCounts Counts => _counts;

    /// <summary>Begins the next scrape.</summary>
    /// <param name="config">The job.</param>
    /// <param name="labeler">Makes labels.</param>
    /// <param name="batch">Takes the samples; empty.</param>
    /// <param name="time">The time of the scrape, in milliseconds.</param>
    public void Begin(ScrapeConfig config, SampleLabeler labeler, SampleBatch batch, long time)
    {
        if (_isOpen)
        {
            // The last scrape ended neither way: an error that nobody expected.
            _new.Clear();
            _lines.Abandon();
            Truncate(_known);
        }

        _isOpen = true;
        _config = config;
        _converts = config.ConvertClassicHistogramsToNhcb;
        _labeler = labeler;
        _batch = batch;
        _time = time;
        _scrape++;
        _counts = default;
        _seen = 0;
        _tracked = 0;
        _stillTracked = 0;
        _limited = 0;
        _exemplars?.Clear();
        if (_series.Count > (2 * _seenLast) + 1000 && _lastSuccess >= 0)
        {
            _lines.Renumber(_series.Keep(_lastSuccess));
            _classic.Truncate(0);
        }

        _classic.Begin();

        _known = _series.Count;
    }

    /// <summary>Reads a body into the batch, staleness markers of what disappeared included. New series are not in the store yet.</summary>
    /// <exception cref="ExpositionException">The body breaks its format.</exception>
    /// <exception cref="ScrapeException">It breaks a limit of the job.</exception>
    public void Read<TReader>(ref TReader reader, ReadOnlySpan<byte> body, bool unescapeQuotes)
        where TReader : IExpositionReader, allows ref struct
    {
        Walk(ref reader, body, unescapeQuotes);
        foreach (int group in _classic.Seen)
        {
            TakeHistogram(group);
        }

        if (_config.SampleLimit > 0 && _limited > _config.SampleLimit)
        {
            throw new SampleLimitException();
        }
    }

    /// <summary>Creates the series that are new.</summary>
    /// <exception cref="SeriesLimitException">The store takes no more series.</exception>
    /// <exception cref="StorageUnavailableException">The store cannot be written.</exception>
    public void Create(ISeriesAppender appender)
    {
        if (_new.Count == 0)
        {
            return;
        }

        foreach ((int series, Labels labels) in _new)
        {
            _series[series].Ref = appender.GetOrAdd(labels);
            _said?.Add(_series[series].Ref, labels.MetricName);
        }

        _new.Clear();
        ReadOnlySpan<SeriesRef> refs = _batch.Series;
        for (int i = 0; i < refs.Length; i++)
        {
            if (refs[i].IsNone)
            {
                _batch.SetSeries(i, _series[_batchSeries[i]].Ref);
            }
        }
    }

    /// <summary>The scrape went well: what it had not any more is marked stale, its lines are those to compare with.</summary>
    public void Complete(ReadOnlySpan<byte> body)
    {
        if (_stillTracked < _trackedLast)
        {
            MarkStale();
        }

        _said?.Complete(_series, _scrape);
        if (_lines.IsChanging)
        {
            _lines.Commit(body, _series);
        }

        ForgetMetadata();
        _isOpen = false;
        _lastSuccess = _scrape;
        _seenLast = _seen;
        _trackedLast = _tracked;
        _own = _batch.Count;
    }

    /// <summary>The scrape failed, wherever, or gave nothing: nothing of it stays, and every series of the last one is marked stale.</summary>
    public void Discard()
    {
        _batch.Clear();
        _exemplars?.Clear();
        _said?.Clear();
        _new.Clear();
        _lines.Abandon();
        Truncate(_known);
        for (int i = 0; i < _series.Count; i++)
        {
            ref KnownSeries series = ref _series[i];
            if (series.Tracked == _scrape)
            {
                series.Tracked = series.TrackedBefore;
            }

            if (series.Tracked == _scrape - 1 && _trackedLast > 0)
            {
                AddStale(i);
            }
        }

        _isOpen = false;
        _trackedLast = 0;
        _own = _batch.Count;
        ForgetMetadata();
    }

    /// <summary>
    /// Looks at what the store refused. Samples whose series it has forgotten are put into <paramref name="again"/> with the series made anew.
    /// </summary>
    public RefusedCounts Settle(ISeriesAppender appender, SampleBatch again)
    {
        RefusedCounts refused = default;
        for (int i = 0; i < _own; i++)
        {
            AppendResult result = _batch.Results[i];
            if (result == AppendResult.Appended || Staleness.IsMarker(_batch.Values[i]))
            {
                continue;
            }

            ref KnownSeries series = ref _series[_batchSeries[i]];
            if (result == AppendResult.UnknownSeries)
            {
                if (_labeler.Label(_series.Key(_batchSeries[i]), series.Type, series.Unit) is { } labels)
                {
                    series.Ref = appender.GetOrAdd(labels);
                    _said?.Add(series.Ref, labels.MetricName);
                    _batch.SetSeries(i, series.Ref);
                    AddAgain(again, series.Ref, i);
                }

                continue;
            }

            refused.Count(result);
            if (series.Tracked == _scrape)
            {
                // What is not stored needs no marker when it goes.
                series.Tracked = -1;
                _trackedLast--;
            }
        }

        return refused;
    }

    /// <summary>Stores the exemplars of the samples that were stored. Returns how many were out of order.</summary>
    public int StoreExemplars() => _exemplars is null ? 0 : _exemplars.Store(_batch).OutOfOrder;

    /// <summary>Logs what is said about series that are new, and about all once something else is said than before.</summary>
    /// <exception cref="StorageUnavailableException">The log cannot be written.</exception>
    public void StoreMetadata() => _said?.Store();

    private void Walk<TReader>(ref TReader reader, ReadOnlySpan<byte> body, bool unescapeQuotes)
        where TReader : IExpositionReader, allows ref struct
    {
        ReadOnlySpan<KnownLine> lines = _lines.Lines;
        int expected = 0;
        while (true)
        {
            int start = reader.Position;
            if (expected < lines.Length)
            {
                KnownLine line = lines[expected];
                if (reader.TryReadKnown(_lines.Before(line), _series.Key(line.Series)))
                {
                    if (line.Block >= 0)
                    {
                        reader.Type = _lines.Touch(line.Block, _scrape);
                        reader.Unit = _lines.UnitBehind(line.Block);
                    }

                    if (_lines.IsChanging)
                    {
                        _lines.Trace(line, start);
                    }

                    expected++;
                    Take(line.Series, ref reader);
                    continue;
                }
            }
            else if (_lines.IsTail(body[start..], _scrape))
            {
                return;
            }

            int series = ReadNext(ref reader, unescapeQuotes);
            if (!_lines.IsChanging && (series >= 0 || expected < lines.Length))
            {
                _lines.BeginChange(expected);
            }

            if (series < 0)
            {
                _lines.SetTail(body[start..], _families);
                return;
            }

            int before = reader.SeriesStart - start;
            _lines.Trace(series, start, before, reader.Type, Keep(reader.Unit), _families);
            int stood = _series[series].Line;
            if ((uint)stood < (uint)lines.Length && lines[stood].Series == series)
            {
                expected = stood + 1;
            }

            Take(series, ref reader);
        }
    }

    // Reads up to the next sample and finds its series, or makes it; -1 at the end. The metadata on the way is in _families.
    private int ReadNext<TReader>(ref TReader reader, bool unescapeQuotes)
        where TReader : IExpositionReader, allows ref struct
    {
        _families.Clear();
        while (true)
        {
            ExpositionEntry entry = reader.Next();
            switch (entry)
            {
                case ExpositionEntry.End:
                    return -1;
                case ExpositionEntry.Comment:
                    break;
                case ExpositionEntry.Series:
                    int found = _series.Find(reader.Series);
                    return found >= 0 ? found : AddSeries(reader.Series, reader.Type, Keep(reader.Unit));
                default:
                    FamilyMetadata family = metadata.Set(entry, ref reader, unescapeQuotes, _scrape);
                    if (!_families.Contains(family))
                    {
                        _families.Add(family);
                    }

                    break;
            }
        }
    }

    // Series of one family come together, and share the bytes of its unit.
    private byte[] Keep(ReadOnlySpan<byte> unit)
    {
        if (!unit.SequenceEqual(_unit))
        {
            _unit = unit.ToArray();
        }

        return _unit;
    }

    private int AddSeries(ReadOnlySpan<byte> text, MetricType type, byte[] unit)
    {
        if (_converts && !_config.AlwaysScrapeClassicHistograms && _classic.IsPart(_series.Count, text, type))
        {
            return _series.Add(text, type, unit, isDropped: true);
        }

        // A line whose labels are refused ends the walk here; as upstream has it, it counts as scraped.
        _counts.Scraped++;
        Labels? labels = _labeler.Label(text, type, unit);
        _counts.Scraped--;
        int index = _series.Add(text, type, unit, isDropped: labels is null);
        if (labels is not null)
        {
            _new.Add((index, labels));
        }

        return index;
    }

    private void Take<TReader>(int index, ref TReader reader)
        where TReader : IExpositionReader, allows ref struct
    {
        if (_converts && TakePart(index, ref reader))
        {
            return;
        }

        bool ownTime = reader.HasTimestamp && _config.HonorTimestamps;
        long time = ownTime ? reader.Timestamp : _time;
        if (!TryAdmit(index, ownTime, time))
        {
            return;
        }

        AddSample(index, _series[index].Ref, time, reader.Value);
        if (!reader.ExemplarLabels.IsEmpty)
        {
            _exemplars?.Add(_batch.Count - 1, ref reader, time);
        }
    }

    // Counts a sample of a series, and tells whether it is stored.
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once a line
    private bool TryAdmit(int index, bool ownTime, long time)
    {
        _counts.Scraped++;
        ref KnownSeries series = ref _series[index];
        bool again = series.LastSeen == _scrape;
        if (!again)
        {
            _seen++;
            if (series.LastSeen < _lastSuccess || series.LastSeen < 0)
            {
                _counts.SeriesAdded += series.IsDropped ? 0 : 1;
            }

            series.LastSeen = _scrape;
        }

        if (series.IsDropped)
        {
            return false;
        }

        _counts.Kept++;
        if (again && !ownTime)
        {
            _counts.Duplicates++;
            return false;
        }

        _limited++;
        if (_config.SampleLimit > 0 && _limited > _config.SampleLimit)
        {
            return false;
        }

        if (time > _time + MaxAheadMs)
        {
            _counts.OutOfBounds++;
            return false;
        }

        if (!ownTime || _config.TrackTimestampsStaleness)
        {
            Track(ref series);
        }

        return true;
    }

    // True when the series is part of a classic histogram, and stored as such only.
    private bool TakePart<TReader>(int index, ref TReader reader)
        where TReader : IExpositionReader, allows ref struct
    {
        if (!_classic.IsPart(index, _series.Key(index), _series[index].Type))
        {
            return false;
        }

        bool ownTime = reader.HasTimestamp && _config.HonorTimestamps;
        int group = _classic.Take(index, reader.Value, ownTime ? reader.Timestamp : null);
        if (_config.AlwaysScrapeClassicHistograms)
        {
            return false;
        }

        if (_series[index].LastSeen != _scrape)
        {
            _seen++;
            _series[index].LastSeen = _scrape;
        }

        if (!reader.ExemplarLabels.IsEmpty)
        {
            _exemplars?.Add(-1 - group, ref reader, ownTime ? reader.Timestamp : _time);
        }

        return true;
    }

    private void TakeHistogram(int group)
    {
        NativeHistogram histogram = _classic.Finish(group, out long? timestamp);
        if (histogram.IsNone)
        {
            return;
        }

        ReadOnlySpan<byte> text = _classic.TextOf(group);
        int index = _series.Find(text);
        if (index < 0)
        {
            index = AddSeries(text, MetricType.Histogram, []);
        }

        long time = timestamp ?? _time;
        if (!TryAdmit(index, timestamp is not null, time))
        {
            return;
        }

        int buckets = histogram.Integers?.PositiveDeltas.Length ?? histogram.Floats!.PositiveBuckets.Length;
        if (_config.NativeHistogramBucketLimit > 0 && buckets > _config.NativeHistogramBucketLimit)
        {
            throw new ScrapeException("histogram bucket limit exceeded");
        }

        AddSample(index, _series[index].Ref, time, histogram.Sum);
        _batch.SetHistogram(_batch.Count - 1, histogram);
        _exemplars?.Assign(-1 - group, _batch.Count - 1);
    }

    private void AddAgain(SampleBatch again, SeriesRef series, int index)
    {
        again.Add(series, _batch.Timestamps[index], _batch.Values[index]);
        if (_batch.HasHistograms && !_batch.Histograms[index].IsNone)
        {
            again.SetHistogram(again.Count - 1, _batch.Histograms[index]);
        }
    }

    private void Truncate(int count)
    {
        _series.Truncate(count);
        _classic.Truncate(count);
    }

    private void Track(ref KnownSeries series)
    {
        if (series.Tracked == _scrape)
        {
            return;
        }

        if (series.Tracked == _scrape - 1)
        {
            _stillTracked++;
        }

        series.TrackedBefore = series.Tracked;
        series.Tracked = _scrape;
        _tracked++;
    }

    private void AddSample(int index, SeriesRef series, long time, double value)
    {
        int at = _batch.Count;
        if (at == _batchSeries.Length)
        {
            Array.Resize(ref _batchSeries, at * 2);
        }

        _batchSeries[at] = index;
        _batch.Add(series, time, value);
    }

    // Not each time: a walk over all families is worth it now and then only.
    private void ForgetMetadata()
    {
        if ((_scrape & 15) == 0)
        {
            metadata.Forget(_scrape);
        }
    }

    // A series that is spelled otherwise now has two entries of one reference: it has not gone.
    private void MarkStale()
    {
        _stale.Clear();
        for (int i = 0; i < _series.Count; i++)
        {
            if (_series[i].Tracked == _scrape - 1)
            {
                _stale.Add(i);
            }
        }

        var refs = new HashSet<SeriesRef>(_stale.Count);
        foreach (int i in _stale)
        {
            refs.Add(_series[i].Ref);
        }

        for (int i = 0; i < _series.Count; i++)
        {
            if (_series[i].Tracked == _scrape)
            {
                refs.Remove(_series[i].Ref);
            }
        }

        foreach (int i in _stale)
        {
            if (refs.Remove(_series[i].Ref))
            {
                AddStale(i);
            }
        }
    }

    private void AddStale(int index) => AddSample(index, _series[index].Ref, _time, Staleness.Marker);
}
