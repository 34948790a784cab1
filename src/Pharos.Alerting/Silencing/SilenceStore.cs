using System.Collections.Immutable;
using Pharos.Alerting.Persistence;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Silencing;

/// <summary>
/// The silences. A change is on the disk before it is seen or acknowledged. Reading takes no lock. Thread-safe.
/// </summary>
public sealed class SilenceStore : IDisposable
{
    // Below it a file of superseded records is not worth rewriting.
    private const long MinCompactionBytes = 64 << 10;

    private readonly SemaphoreSlim _change = new(1); // one change at a time, its write included
    private readonly TimeProvider _clock;
    private readonly SilenceOptions _options;
    private readonly IJournal _journal;
    private readonly RecordLog _log;
    private long _liveBytes;
    private volatile ImmutableDictionary<string, Silence> _silences;
    private volatile Silence[] _all;

    private SilenceStore(RecordLog log, ImmutableDictionary<string, Silence> silences, TimeProvider clock, SilenceOptions options, IJournal journal)
    {
        _log = log;
        _silences = silences;
        _all = [.. silences.Values];
        _clock = clock;
        _options = options;
        _journal = journal;
    }

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Reads what was kept.</summary>
    /// <param name="path">The file; made when it is not there.</param>
    /// <param name="clock">Says what "now" is.</param>
    /// <param name="options">Limits and retention.</param>
    /// <param name="journal">Hears of what people do.</param>
    /// <param name="cutBytes">How much of a torn tail was cut.</param>
    /// <exception cref="IOException">The file cannot be used.</exception>
    public static SilenceStore Open(string path, TimeProvider clock, SilenceOptions options, IJournal journal, out long cutBytes)
    {
        ImmutableDictionary<string, Silence>.Builder silences = ImmutableDictionary.CreateBuilder<string, Silence>(StringComparer.Ordinal);
        RecordLog log = RecordLog.Open(
            path,
            record =>
            {
                if (SilenceRecord.Read(record) is { } silence)
                {
                    silences[silence.Id] = silence;
                }
            },
            out cutBytes);
        return new SilenceStore(log, silences.ToImmutable(), clock, options, journal);
    }

    /// <summary>All that are kept, in no order.</summary>
    public IReadOnlyList<Silence> GetAll() => _all;

    public Silence? Find(string id) => _silences.GetValueOrDefault(id);

    /// <summary>Those that mute an alert with these labels now.</summary>
    public IReadOnlyList<Silence> FindMuting(Labels labels)
    {
        long now = Now;
        List<Silence>? found = null;
        foreach (Silence silence in _all)
        {
            if (silence.StateAt(now) == SilenceState.Active && silence.Matches(labels))
            {
                (found ??= []).Add(silence);
            }
        }

        found?.Sort(static (x, y) => string.CompareOrdinal(x.Id, y.Id));
        return found ?? (IReadOnlyList<Silence>)[];
    }

    /// <summary>
    /// Makes a silence, or changes one that has an id. A change that would hide what was muted before ends the old one and makes a new one. Returns it as it is kept.
    /// </summary>
    /// <param name="wanted">What is wanted; its <see cref="Silence.UpdatedAt"/> does not count.</param>
    /// <param name="by">Who asked, for the journal.</param>
    /// <param name="cancellationToken">Ends the waiting for other changes; what has begun is finished.</param>
    /// <exception cref="SilenceException">It is refused.</exception>
    /// <exception cref="IOException">It could not be written; nothing has changed.</exception>
    public async Task<Silence> SetAsync(Silence wanted, string by, CancellationToken cancellationToken)
    {
        await _change.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            long now = Now;
            Silence silence = wanted.StartsAt == 0 ? wanted with { StartsAt = now } : wanted;
            SilenceRules.Check(silence);
            Silence? before = silence.Id.Length == 0 ? null : Find(silence.Id) ?? throw SilenceException.NotFound();
            if (before is not null && SilenceRules.CanUpdate(before, silence, now))
            {
                silence = silence with { UpdatedAt = now };
                await KeepAsync([silence]).ConfigureAwait(false);
            }
            else
            {
                RefuseOneTooMany();
                silence = silence with { Id = Guid.NewGuid().ToString(), StartsAt = Math.Max(silence.StartsAt, now), UpdatedAt = now };
                await KeepAsync(before is not null && before.StateAt(now) != SilenceState.Expired ? [silence, Expired(before, now)] : [silence]).ConfigureAwait(false);
            }

            Record(JournalKind.SilenceCreated, silence, now, by);
            return silence;
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>Ends a silence now; nothing changes when it has ended.</summary>
    /// <exception cref="SilenceException">There is none.</exception>
    /// <exception cref="IOException">It could not be written; nothing has changed.</exception>
    public async Task ExpireAsync(string id, string by, CancellationToken cancellationToken)
    {
        await _change.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            long now = Now;
            Silence silence = Find(id) ?? throw SilenceException.NotFound();
            if (silence.StateAt(now) != SilenceState.Expired)
            {
                await KeepAsync([Expired(silence, now)]).ConfigureAwait(false);
                Record(JournalKind.SilenceExpired, silence, now, by);
            }
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>Forgets what ended longer ago than the retention, and rewrites the file when most of it is superseded.</summary>
    /// <exception cref="IOException">The file could not be rewritten; it is as before.</exception>
    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        await _change.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            long before = Now - (long)_options.Retention.TotalMilliseconds;
            int count = _silences.Count;
            Show(_silences.RemoveRange(_silences.Values.Where(silence => silence.EndsAt < before).Select(static silence => silence.Id)));
            if (_silences.Count != count || (_log.Length > MinCompactionBytes && _log.Length > 2 * _liveBytes))
            {
                byte[][] records = [.. _silences.Values.Select(SilenceRecord.Write)];
                await _log.ReplaceAsync(() => records, cancellationToken).ConfigureAwait(false);
                _liveBytes = _log.Length;
            }
        }
        finally
        {
            _change.Release();
        }
    }

    public void Dispose()
    {
        _change.Wait();
        _log.Dispose();
        _change.Dispose();
    }

    private static Silence Expired(Silence silence, long now) => silence with { StartsAt = Math.Min(silence.StartsAt, now), EndsAt = now, UpdatedAt = now };

    private async Task KeepAsync(Silence[] changed)
    {
        int limit = _options.MaxSilenceBytes > 0 ? _options.MaxSilenceBytes : SilenceOptions.CeilingBytes;
        byte[][] records = [.. changed.Select(SilenceRecord.Write)];
        if (records[0].Length > limit)
        {
            throw new SilenceException($"silence exceeded maximum size: {records[0].Length} bytes (limit: {limit} bytes)");
        }

        // The one that replaces comes first: after a crash between the two both mute, never none.
        await Task.WhenAll(records.Select(record => _log.AppendAsync(record))).ConfigureAwait(false);
        Show(_silences.SetItems(changed.Select(static silence => KeyValuePair.Create(silence.Id, silence))));
    }

    private void Show(ImmutableDictionary<string, Silence> silences)
    {
        _silences = silences;
        _all = [.. silences.Values];
    }

    private void RefuseOneTooMany()
    {
        int limit = _options.MaxSilences > 0 ? _options.MaxSilences : SilenceOptions.Ceiling;
        if (_silences.Count + 1 > limit)
        {
            throw new SilenceException($"exceeded maximum number of silences: {_silences.Count} (limit: {limit})");
        }
    }

    private void Record(JournalKind kind, Silence silence, long now, string by)
    {
        const int MaxSubject = 512;
        const int MaxDetail = 2000;
        string subject = "{" + string.Join(", ", silence.Matchers) + "}";
        _journal.Record(new JournalEntry(now, kind, Cut(subject, MaxSubject), Cut(silence.Comment, MaxDetail), Labels.Empty, by));
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
