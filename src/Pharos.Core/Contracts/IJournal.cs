namespace Pharos.Core.Contracts;

/// <summary>
/// What happened, as it happened: the records that "what changed" and an alert's card are read from. Keeps a bounded number, the newest.
/// Callable from any thread.
/// </summary>
public interface IJournal
{
    /// <summary>Keeps the entry. Returns at once, never fails; what could not be written is counted and logged.</summary>
    void Record(JournalEntry entry);

    /// <summary>The kept entries with <c>from &lt;= Time &lt;= to</c> (milliseconds since the Unix epoch), newest first, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<JournalEntry> Read(long from, long to, int limit);
}
