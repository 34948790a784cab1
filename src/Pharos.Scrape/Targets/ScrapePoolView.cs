using Pharos.Discovery;

namespace Pharos.Scrape.Targets;

/// <summary>A job at one moment, for display and metrics. Immutable.</summary>
/// <param name="Name">The job.</param>
/// <param name="Active">Its targets, by URL.</param>
/// <param name="Dropped">Targets that relabelling dropped, as many as are kept.</param>
/// <param name="DroppedCount">How many were dropped in all.</param>
/// <param name="TargetLimit">The most targets it may have; 0 for no limit.</param>
/// <param name="Syncs">How often its targets were brought up to date.</param>
/// <param name="SyncFailures">Targets that could not be made of what was discovered, over all syncs.</param>
/// <param name="LastSyncErrors">Why, of the last sync.</param>
/// <param name="Error">Why the job cannot scrape at all; empty when it can.</param>
/// <param name="Discovery">How each of its ways of discovery does.</param>
public sealed record ScrapePoolView(
    string Name,
    IReadOnlyList<TargetView> Active,
    IReadOnlyList<DroppedTargetView> Dropped,
    int DroppedCount,
    long TargetLimit,
    long Syncs,
    long SyncFailures,
    IReadOnlyList<string> LastSyncErrors,
    string Error,
    IReadOnlyList<DiscoveryStatus> Discovery);
