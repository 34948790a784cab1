using System.Collections.Concurrent;
using Pharos.Alerting.Persistence;

namespace Pharos.Alerting.Notifying;

/// <summary>
/// What every integration was last told about every group, kept over restarts: whoever was told is not told again. Thread-safe.
/// </summary>
public sealed class NotificationLog : IDisposable
{
    // Below it a file of superseded records is not worth rewriting.
    private const long MinCompactionBytes = 1 << 20;
    private static readonly TimeSpan MessagesKept = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<NotificationKey, NotificationEntry> _entries;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _retention;
    private readonly RecordLog _log;
    private long _lengthAfterCompaction;
    private long _queries;
    private long _maintenances;
    private long _maintenanceErrors;

    private NotificationLog(RecordLog log, ConcurrentDictionary<NotificationKey, NotificationEntry> entries, SentLog sent, TimeProvider clock, TimeSpan retention)
    {
        _log = log;
        _entries = entries;
        Sent = sent;
        _clock = clock;
        _retention = retention;
    }

    /// <summary>The last messages, delivered or not.</summary>
    public SentLog Sent { get; }

    /// <summary>How many entries are kept.</summary>
    public int Count => _entries.Count;

    /// <summary>Bytes in the file.</summary>
    public long FileBytes => _log.Length;

    /// <summary>How often it was asked.</summary>
    public long Queries => Interlocked.Read(ref _queries);

    public long Maintenances => Interlocked.Read(ref _maintenances);

    public long MaintenanceErrors => Interlocked.Read(ref _maintenanceErrors);

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Reads what was kept.</summary>
    /// <param name="path">The file; made when it is not there.</param>
    /// <param name="clock">Says what "now" is.</param>
    /// <param name="retention">Longest time that an entry is kept.</param>
    /// <param name="cutBytes">How much of a torn tail was cut.</param>
    /// <exception cref="IOException">The file cannot be used.</exception>
    public static NotificationLog Open(string path, TimeProvider clock, TimeSpan retention, out long cutBytes)
    {
        var entries = new ConcurrentDictionary<NotificationKey, NotificationEntry>();
        var sent = new SentLog();
        RecordLog log = RecordLog.Open(
            path,
            bytes =>
            {
                NotificationRecord? record = NotificationRecord.Read(bytes);
                if (record?.Entry is { } entry)
                {
                    entries[entry.Key] = entry;
                }

                if (record?.Message is { } message)
                {
                    sent.Add(message);
                }
            },
            out cutBytes);
        return new NotificationLog(log, entries, sent, clock, retention);
    }

    /// <summary>What the integration was last told; null when nothing that counts any more.</summary>
    public NotificationEntry? Find(NotificationKey key)
    {
        Interlocked.Increment(ref _queries);
        return _entries.TryGetValue(key, out NotificationEntry? entry) && entry.ExpiresAt > Now ? entry : null;
    }

    /// <summary>
    /// Remembers what an integration knows now, at once in memory, and completes when it is on the disk.
    /// </summary>
    /// <param name="key">Whom.</param>
    /// <param name="firing">Fingerprints of the alerts that fire.</param>
    /// <param name="resolved">Fingerprints of those that ended.</param>
    /// <param name="repeatInterval">The route's; the entry is kept for twice as long, at most for the retention.</param>
    /// <param name="message">What was sent; null when nothing had to be.</param>
    /// <exception cref="IOException">It is remembered in memory alone.</exception>
    internal Task RecordAsync(NotificationKey key, IReadOnlySet<ulong> firing, IReadOnlySet<ulong> resolved, TimeSpan repeatInterval, SentMessage? message)
    {
        long now = Now;
        TimeSpan kept = repeatInterval > TimeSpan.Zero && 2 * repeatInterval < _retention ? 2 * repeatInterval : _retention;
        var entry = new NotificationEntry(key, now, now + (long)kept.TotalMilliseconds, firing, resolved);
        _entries[key] = entry;
        if (message is not null)
        {
            Sent.Add(message);
        }

        return _log.AppendAsync(new NotificationRecord(entry, message).Write());
    }

    /// <summary>Forgets what is old, and rewrites the file when most of it is superseded.</summary>
    /// <exception cref="IOException">The file could not be rewritten; it is as before.</exception>
    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _maintenances);
        long now = Now;
        foreach ((NotificationKey key, NotificationEntry entry) in _entries)
        {
            if (entry.ExpiresAt <= now)
            {
                _entries.TryRemove(KeyValuePair.Create(key, entry));
            }
        }

        if (_log.Length <= Math.Max(MinCompactionBytes, 2 * _lengthAfterCompaction))
        {
            return;
        }

        try
        {
            await _log.ReplaceAsync(Records, cancellationToken).ConfigureAwait(false);
            _lengthAfterCompaction = _log.Length;
        }
        catch (IOException)
        {
            Interlocked.Increment(ref _maintenanceErrors);
            throw;
        }
    }

    public void Dispose() => _log.Dispose();

    private IEnumerable<byte[]> Records()
    {
        long since = Now - (long)MessagesKept.TotalMilliseconds;
        foreach (SentMessage message in Sent.Where(message => message.IsDelivered && message.Time >= since, int.MaxValue).Reverse())
        {
            yield return new NotificationRecord(null, message).Write();
        }

        foreach (NotificationEntry entry in _entries.Values)
        {
            yield return new NotificationRecord(entry, null).Write();
        }
    }
}
