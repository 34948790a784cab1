namespace Pharos.Remote.Sending;

/// <summary>
/// Up to where each shard's samples are with the receiver, kept in a file whenever it changes, so that a process that ends at any moment goes on there. Usable from any thread.
/// </summary>
internal sealed class SendProgress : IDisposable
{
    private readonly Lock _lock = new(); // guards all that follows, and writing the file
    private readonly Func<PositionFile> _create;
    private readonly Action<Exception> _failed;
    private PositionFile? _file;
    private Queue<LogMark>[] _begins = [];
    private LogMark?[] _inFlight = [];
    private LogMark _read;
    private LogMark _savedRead;
    private bool _isFailing;

    /// <param name="create">Makes the file; tried again where it fails, as on a full disk.</param>
    /// <param name="failed">Told when the file cannot be written, once until it can be again.</param>
    public SendProgress(Func<PositionFile> create, Action<Exception> failed)
    {
        _create = create;
        _failed = failed;
    }

    /// <summary>Begins with so many shards that have nothing, everything before the place being done.</summary>
    public void Start(int shards, LogMark read)
    {
        lock (_lock)
        {
            _begins = [.. Enumerable.Range(0, shards).Select(static _ => new Queue<LogMark>())];
            _inFlight = new LogMark?[shards];
            _read = read;
            Save();
        }
    }

    /// <summary>A batch of a shard begins here; batches of a shard end in this order.</summary>
    public void BeginBatch(int shard, LogMark begin)
    {
        lock (_lock)
        {
            _begins[shard].Enqueue(begin);
        }
    }

    /// <summary>Everything before the place was handed to shards, or is not to be sent.</summary>
    public void ReadTo(LogMark mark)
    {
        lock (_lock)
        {
            _read = mark;
        }
    }

    /// <summary>The oldest batch of a shard is on its way; it ends here.</summary>
    public void Sending(int shard, LogMark end)
    {
        lock (_lock)
        {
            _inFlight[shard] = end;
            Save();
        }
    }

    /// <summary>The oldest batch of a shard is done.</summary>
    public void Done(int shard)
    {
        lock (_lock)
        {
            _inFlight[shard] = null;
            _begins[shard].Dequeue();
            Save();
        }
    }

    /// <summary>Keeps how far was read, where nothing else made it be kept.</summary>
    public void SaveRead()
    {
        lock (_lock)
        {
            if (_read != _savedRead)
            {
                Save();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Save();
            _file?.Dispose();
        }
    }

    private void Save()
    {
        var shards = new ShardPosition[_begins.Length];
        for (int i = 0; i < shards.Length; i++)
        {
            shards[i] = new ShardPosition(_begins[i].TryPeek(out LogMark begin) ? begin : _read, _inFlight[i]);
        }

        try
        {
            _file ??= _create();
            _file.Write(shards);
            _savedRead = _read;
            _isFailing = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                _failed(e);
            }
        }
    }
}
