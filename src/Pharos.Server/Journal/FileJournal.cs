using System.Buffers;
using System.Threading.Channels;
using Pharos.Core.Contracts;

namespace Pharos.Server.Journal;

/// <summary>
/// The journal of the server: entries are in memory at once and on the disk a little later, written by one task, so that recording never waits for a disk.
/// What is recorded before <see cref="Open"/> waits for it. Thread-safe, but for <see cref="Open"/> and disposal.
/// </summary>
internal sealed partial class FileJournal : IJournal, IAsyncDisposable
{
    private readonly JournalFile _file;
    private readonly KeptEntries _kept;
    private readonly TimeProvider _clock;
    private readonly ILogger<FileJournal> _logger;
    private readonly Channel<JournalEntry> _waiting;
    private Task _writing = Task.CompletedTask;
    private bool _isOpen;
    private bool _isFailing;
    private long _notWritten;

    /// <param name="path">Of the file; its folder is made.</param>
    /// <param name="clock">Says what is too old.</param>
    /// <param name="logger">Takes what the disk refuses.</param>
    /// <param name="options">How much is kept.</param>
    public FileJournal(string path, TimeProvider clock, ILogger<FileJournal> logger, JournalOptions? options = null)
    {
        options ??= new JournalOptions();
        _file = new JournalFile(path, options.MaxFileBytes);
        _kept = new KeptEntries(options.MaxEntries, options.MaxAge);
        _clock = clock;
        _logger = logger;
        _waiting = Channel.CreateBounded<JournalEntry>(new BoundedChannelOptions(options.MaxWaiting) { SingleReader = true });
    }

    /// <summary>Entries in memory.</summary>
    public int Count => _kept.Count;

    /// <summary>How many were ever recorded or read: another number means that there is something new.</summary>
    public long Added => _kept.Added;

    /// <summary>The time of the last entry, milliseconds since the Unix epoch; 0 before the first.</summary>
    public long LastTime => _kept.LastTime;

    /// <summary>Entries that are in memory alone, since the disk refused or was too slow.</summary>
    public long NotWritten => Interlocked.Read(ref _notWritten);

    public void Record(JournalEntry entry)
    {
        JournalEntry bounded = JournalLine.Bound(entry);
        _kept.Add(bounded);
        if (!_waiting.Writer.TryWrite(bounded))
        {
            Interlocked.Increment(ref _notWritten);
        }
    }

    public IReadOnlyList<JournalEntry> Read(long from, long to, int limit) => _kept.Read(from, to, limit);

    /// <summary>Takes up what the file holds, and writes to it from now on. A file that cannot be used costs the past and not the server.</summary>
    public void Open()
    {
        try
        {
            (List<JournalEntry> entries, int unreadable) = _file.Read();
            entries.ForEach(_kept.Add);
            _kept.Expire(Now());
            if (unreadable > 0)
            {
                Log.Unreadable(_logger, unreadable);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.ReadFailed(_logger, exception.Message);
        }

        _isOpen = true;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Writes what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (_isOpen)
        {
            await _writing.ConfigureAwait(false);
        }

        _file.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var lines = new ArrayBufferWriter<byte>();
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            lines.ResetWrittenCount();
            int count = 0;
            while (lines.WrittenCount < JournalLine.MaxBytes * 4 && _waiting.Reader.TryRead(out JournalEntry? entry))
            {
                JournalLine.Write(lines, entry);
                count++;
            }

            Write(lines.WrittenSpan, count);
        }
    }

    private void Write(ReadOnlySpan<byte> lines, int count)
    {
        try
        {
            _file.Append(lines);
            _isFailing = false;
            if (_file.IsTooLong)
            {
                _kept.Expire(Now());
                _file.Rewrite(_kept.Read(long.MinValue, long.MaxValue, int.MaxValue).Reverse());
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Interlocked.Add(ref _notWritten, count);
            if (!_isFailing)
            {
                Log.WriteFailed(_logger, exception.Message);
            }

            _isFailing = true;
        }
    }

    private long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The journal has lines that cannot be read")]
        public static partial void Unreadable(ILogger logger, int lines);

        [LoggerMessage(Level = LogLevel.Error, Message = "The journal cannot be read: what changed before this start is not known")]
        public static partial void ReadFailed(ILogger logger, string err);

        [LoggerMessage(Level = LogLevel.Error, Message = "The journal cannot be written: what changes is kept in memory alone")]
        public static partial void WriteFailed(ILogger logger, string err);
    }
}
