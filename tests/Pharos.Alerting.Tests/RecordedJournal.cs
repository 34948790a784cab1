using System.Collections.Concurrent;
using Pharos.Core.Contracts;

namespace Pharos.Alerting.Tests;

/// <summary>Keeps what happened.</summary>
internal sealed class RecordedJournal : IJournal
{
    private readonly ConcurrentQueue<JournalEntry> _entries = new();

    public IReadOnlyList<JournalEntry> Entries => [.. _entries];

    public void Record(JournalEntry entry) => _entries.Enqueue(entry);

    public IReadOnlyList<JournalEntry> Read(long from, long to, int limit) => [.. _entries.Where(entry => entry.Time >= from && entry.Time <= to).Reverse().Take(limit)];
}
