using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Core.Samples;
using Pharos.Testing;

namespace Pharos.Remote.Tests.Sending;

/// <summary>A log in memory whose records are what the test says. Each record is 100 bytes long. Thread-safe by one lock.</summary>
internal sealed class MemoryLog : ISampleLog
{
    public const int RecordBytes = 100;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, List<Action<LoggedRecord>>> _segments = new() { [0] = [] };
    private readonly Dictionary<ulong, Labels> _held = [];
    private readonly Dictionary<ulong, Labels> _described = [];
    private readonly Dictionary<ulong, SeriesMetadata> _metadata = [];
    private long _samples;
    private long _newest;

    public event Action? Written;

    public int Scans { get; private set; }

    /// <summary>How often reading fails before it works again.</summary>
    public int Failures { get; set; }

    public LogPosition End
    {
        get
        {
            lock (_lock)
            {
                return new LogPosition(_segments.Keys.Max(), RecordBytes * _segments[_segments.Keys.Max()].Count);
            }
        }
    }

    public LogStatistics Statistics
    {
        get
        {
            lock (_lock)
            {
                return new LogStatistics(_samples, 0, 0, _newest);
            }
        }
    }

    /// <summary>A series that the store holds.</summary>
    public SeriesRef Hold(ulong reference, Labels labels)
    {
        lock (_lock)
        {
            _held[reference] = labels;
            _described[reference] = labels;
            return new SeriesRef(reference);
        }
    }

    /// <summary>The store forgets the series, and with <paramref name="everywhere"/> its log too.</summary>
    public void Forget(ulong reference, bool everywhere = false)
    {
        lock (_lock)
        {
            _held.Remove(reference);
            if (everywhere)
            {
                _described.Remove(reference);
            }
        }
    }

    public void Say(SeriesMetadata metadata)
    {
        lock (_lock)
        {
            _metadata[metadata.Series.Value] = metadata;
        }

        Append(record => record.Metadata.Add(metadata));
    }

    public void Describe(ulong reference, Labels labels)
    {
        byte[] bytes = InMemoryAppender.Encode(labels);
        Append(record =>
        {
            bytes.CopyTo(record.ReserveLabels(0, bytes.Length));
            record.EndSeries(new SeriesRef(reference), bytes.Length);
        });
    }

    public void Append(params LoggedSample[] samples)
    {
        lock (_lock)
        {
            _samples += samples.Length;
            _newest = Math.Max(_newest, samples.Max(static sample => sample.Timestamp));
        }

        Append(record =>
        {
            samples.CopyTo(record.ReserveSamples(samples.Length));
            record.EndSamples(samples.Length);
        });
    }

    public void Append(params SeriesExemplar[] exemplars) => Append(record => record.Exemplars.AddRange(exemplars));

    public void Append(params LoggedHistogram[] histograms) => Append(record => record.Histograms.AddRange(histograms));

    public void BeginSegment()
    {
        lock (_lock)
        {
            _segments.Add(_segments.Keys.Max() + 1, []);
        }
    }

    public void DropSegment(int index)
    {
        lock (_lock)
        {
            _segments.Remove(index);
        }
    }

    public ILogCursor OpenCursor(LogPosition from, LogContent content) => new Cursor(this, from);

    public int FindLabels(SeriesRef series, ref byte[] buffer)
    {
        lock (_lock)
        {
            if (!_held.TryGetValue(series.Value, out Labels? labels))
            {
                return -1;
            }

            byte[] bytes = InMemoryAppender.Encode(labels);
            buffer = buffer.Length < bytes.Length ? new byte[bytes.Length] : buffer;
            bytes.CopyTo(buffer, 0);
            return bytes.Length;
        }
    }

    public bool FindMetadata(SeriesRef series, out SeriesMetadata metadata)
    {
        lock (_lock)
        {
            return _metadata.TryGetValue(series.Value, out metadata);
        }
    }

    public void ReadSeries(LogPosition until, Action<LoggedRecord> read, CancellationToken cancellationToken)
    {
        KeyValuePair<ulong, Labels>[] described;
        lock (_lock)
        {
            Scans++;
            described = [.. _described];
        }

        foreach ((ulong reference, Labels labels) in described)
        {
            byte[] bytes = InMemoryAppender.Encode(labels);
            var record = new LoggedRecord();
            bytes.CopyTo(record.ReserveLabels(0, bytes.Length));
            record.EndSeries(new SeriesRef(reference), bytes.Length);
            read(record);
        }
    }

    private void Append(Action<LoggedRecord> fill)
    {
        lock (_lock)
        {
            _segments[_segments.Keys.Max()].Add(fill);
        }

        Written?.Invoke();
    }

    private sealed class Cursor(MemoryLog log, LogPosition position) : ILogCursor
    {
        private LogPosition _position = position;

        public LogPosition Position => _position;

        public int LostSegments { get; private set; }

        public long Records { get; private set; }

        public bool TryRead(LoggedRecord record)
        {
            lock (log._lock)
            {
                if (log.Failures > 0)
                {
                    log.Failures--;
                    throw new IOException("the disk is gone");
                }

                while (true)
                {
                    if (!log._segments.TryGetValue(_position.Segment, out List<Action<LoggedRecord>>? segment))
                    {
                        int next = log._segments.Keys.First(index => index > _position.Segment);
                        LostSegments += next - _position.Segment;
                        _position = new LogPosition(next, 0);
                        continue;
                    }

                    int index = (int)(_position.Offset / RecordBytes);
                    if (index < segment.Count)
                    {
                        record.Begin(_position);
                        segment[index](record);
                        _position = _position with { Offset = _position.Offset + RecordBytes };
                        Records++;
                        return true;
                    }

                    if (_position.Segment == log._segments.Keys.Max())
                    {
                        return false;
                    }

                    _position = new LogPosition(_position.Segment + 1, 0);
                }
            }
        }

        public bool SkipSegment() => false;

        public void Dispose()
        {
        }
    }
}
