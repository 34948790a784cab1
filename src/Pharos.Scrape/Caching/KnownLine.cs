namespace Pharos.Scrape.Caching;

/// <summary>One sample line of the last scrape.</summary>
/// <param name="Series">Its series, by index.</param>
/// <param name="Block">The lines between the sample before and this one (HELP, TYPE, comments), by index; -1 when there are none.</param>
internal readonly record struct KnownLine(int Series, int Block);
