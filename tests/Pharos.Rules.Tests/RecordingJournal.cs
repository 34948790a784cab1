using Pharos.Core.Contracts;

namespace Pharos.Rules.Tests;

/// <summary>Remembers what was recorded.</summary>
internal sealed class RecordingJournal : IJournal
{
    private readonly Lock _lock = new();
    private readonly List<JournalEntry> _entries = [];

    public void Record(JournalEntry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
        }
    }

    public IReadOnlyList<JournalEntry> Read(long from, long to, int limit)
    {
        lock (_lock)
        {
            return [.. _entries.Where(e => e.Time >= from && e.Time <= to).Reverse().Take(limit)];
        }
    }

    /// <summary>The entries since the last call as <c>kind subject: detail</c>.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_lock)
        {
            string[] taken = [.. _entries.Select(static e => $"{e.Kind} {e.Subject}: {e.Detail}")];
            _entries.Clear();
            return taken;
        }
    }
}
