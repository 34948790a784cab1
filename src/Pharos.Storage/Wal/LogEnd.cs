using Pharos.Core.Contracts;

namespace Pharos.Storage.Wal;

/// <summary>Up to where the log is written: readers of its open segment go no further. Written by one writer at a time, read by any thread.</summary>
internal sealed class LogEnd
{
    private readonly Lock _lock = new(); // guards _position, two words that belong together
    private LogPosition _position;

    public LogEnd(int segment)
    {
        _position = new LogPosition(segment, 0);
    }

    /// <summary>Raised after the position moved, on the writer's thread.</summary>
    public event Action? Moved;

    public LogPosition Position
    {
        get
        {
            lock (_lock)
            {
                return _position;
            }
        }
    }

    public void MoveTo(int segment, long offset)
    {
        lock (_lock)
        {
            _position = new LogPosition(segment, offset);
        }

        Moved?.Invoke();
    }
}
