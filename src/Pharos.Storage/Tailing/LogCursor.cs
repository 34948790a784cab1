using Pharos.Core.Contracts;
using Pharos.Storage.Wal;

namespace Pharos.Storage.Tailing;

/// <summary>Follows the log of an open store segment by segment. Not thread-safe.</summary>
internal sealed class LogCursor : ILogCursor
{
    private const int KeptBytes = 16 << 20;

    private readonly string _folder;
    private readonly LogEnd _end;
    private readonly RecordDecoder _decoder;
    private SegmentTail? _segment;
    private LogPosition _position;
    private readonly RecordBuffer _decompressed = new();

    public LogCursor(string folder, LogEnd end, LogPosition from, LogContent content)
    {
        _folder = folder;
        _end = end;
        _position = from;
        _decoder = new RecordDecoder(content);
    }

    public LogPosition Position => _position;

    public int LostSegments { get; private set; }

    public long Records { get; private set; }

    public bool TryRead(LoggedRecord record)
    {
        LogPosition end = _end.Position;
        while (_position < end)
        {
            SegmentTail? segment = Open(end);
            if (segment is null)
            {
                return false;
            }

            long limit = _position.Segment == end.Segment ? end.Offset : segment.Length;
            if (TryRead(segment, limit, record))
            {
                Records++;
                return true;
            }

            if (_position.Segment == end.Segment)
            {
                _position = end;
                return false;
            }

            NextSegment();
        }

        return false;
    }

    public bool SkipSegment()
    {
        if (_position.Segment >= _end.Position.Segment)
        {
            return false;
        }

        NextSegment();
        return true;
    }

    public void Dispose() => _segment?.Dispose();

    private bool TryRead(SegmentTail segment, long limit, LoggedRecord record)
    {
        try
        {
            if (!segment.TryRead(limit, out ReadOnlySpan<byte> bytes, out byte flags))
            {
                return false;
            }

            record.Begin(_position);
            LogPosition next = _position with { Offset = segment.Offset };
            bytes = flags == 0 ? bytes : Decompress(bytes, flags);
            if (!_decoder.TryDecode(bytes, record))
            {
                throw Damaged("a record ends inside a field");
            }

            _position = next;
            return true;
        }
        catch (Exception e) when (e is CorruptionException or DataFolderException)
        {
            Close();
            throw new IOException(e.Message, e);
        }
        catch (IOException)
        {
            Close();
            throw;
        }
    }

    private ReadOnlySpan<byte> Decompress(ReadOnlySpan<byte> bytes, byte flags)
    {
        _decompressed.Clear();
        _decompressed.Trim(KeptBytes);
        return RecordCompressor.Decompress(bytes, flags, _decompressed) is { } what ? throw Damaged(what) : _decompressed.Written;
    }

    private CorruptionException Damaged(string what) => new(WalSegments.Path(_folder, _position.Segment), _position.Offset, what);

    // The segment of the position. Where it is gone, that of the oldest one after it; null when there is none.
    private SegmentTail? Open(LogPosition end)
    {
        if (_segment is not null)
        {
            return _segment;
        }

        string path = WalSegments.Path(_folder, _position.Segment);
        if (!File.Exists(path))
        {
            int next = WalSegments.List(_folder).Find(index => index > _position.Segment);
            if (next <= _position.Segment || next > end.Segment)
            {
                return null;
            }

            LostSegments += next - _position.Segment;
            _position = new LogPosition(next, 0);
            path = WalSegments.Path(_folder, next);
        }

        _segment = new SegmentTail(path, _position.Offset);
        return _segment;
    }

    private void NextSegment()
    {
        Close();
        _position = new LogPosition(_position.Segment + 1, 0);
    }

    private void Close()
    {
        _segment?.Dispose();
        _segment = null;
    }
}
