using Pharos.Core.Contracts;

namespace Pharos.Server.Tests.Journal;

/// <summary>Keeps what was recorded, for tests to look at.</summary>
internal sealed class RecordedJournal : IJournal
{
    public List<JournalEntry> Entries { get; } = [];

    public void Record(JournalEntry entry) => Entries.Add(entry);

    public IReadOnlyList<JournalEntry> Read(long from, long to, int limit) =>
        [.. Entries.Where(entry => entry.Time >= from && entry.Time <= to).OrderByDescending(static entry => entry.Time).Take(limit)];
}
