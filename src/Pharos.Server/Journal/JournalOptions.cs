namespace Pharos.Server.Journal;

/// <summary>How much a <see cref="FileJournal"/> keeps.</summary>
internal sealed record JournalOptions
{
    /// <summary>Entries in memory and, after a rewriting, in the file.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>Older entries go.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Entries that wait for the disk at once; those beyond are kept in memory alone.</summary>
    public int MaxWaiting { get; init; } = 10_000;

    /// <summary>The file is rewritten with what is kept when it grows beyond this.</summary>
    public long MaxFileBytes { get; init; } = 16 * 1024 * 1024;
}
