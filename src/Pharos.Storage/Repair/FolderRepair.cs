using Pharos.Storage.Blocks;
using Pharos.Storage.Files;

namespace Pharos.Storage.Repair;

/// <summary>
/// <c>pharos tsdb repair</c>: brings a damaged data folder into a state that opens, with all that is whole in it. Nothing is deleted: what is replaced is set aside in a folder
/// <c>repair-TIME</c>. What is kept and why: docs/decisions/0056-what-repair-keeps.md.
/// </summary>
public static class FolderRepair
{
    /// <summary>Looks for damage and mends it.</summary>
    /// <param name="folder">The data folder, which no process holds.</param>
    /// <param name="isDryRun">Whether only to say what would be done.</param>
    /// <param name="clock">Names what is made.</param>
    /// <param name="cancellationToken">Ends it between two files; what was done stays.</param>
    /// <returns>What was found, in the order in which it was looked at; empty: the folder is whole.</returns>
    /// <exception cref="DataFolderException">Another process holds the folder.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static IReadOnlyList<RepairFinding> Run(string folder, bool isDryRun, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var held = new FolderLock(folder);
        var journal = new RepairJournal(folder, isDryRun, DiskFiles.Instance, clock);
        var blocks = new BlockRepair(journal, clock);
        foreach (string block in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (Ulid.TryParse(Path.GetFileName(block), out _))
            {
                blocks.Run(block, cancellationToken);
            }
        }

        new HeadChunkRepair(journal).Run(Path.Combine(folder, "chunks_head"));
        var logs = new LogRepair(journal);
        logs.Run(Path.Combine(folder, "wal"), cancellationToken);
        logs.Run(Path.Combine(folder, "wbl"), cancellationToken);
        if (!isDryRun && journal.Findings.Count > 0)
        {
            journal.CloseWorkshop();
        }

        return journal.Findings;
    }
}
