using Pharos.Server.Metrics;

namespace Pharos.Server.Journal;

/// <summary>How much the journal keeps, and what it could not write.</summary>
internal sealed class JournalMetrics(FileJournal journal) : IMetricSource
{
    public void Write(MetricWriter writer)
    {
        writer.Gauge("pharos_journal_entries", "Entries of the journal in memory.", journal.Count);
        writer.Counter("pharos_journal_not_written_total", "Entries that are in memory alone, since the disk refused or was too slow.", journal.NotWritten);
    }
}
