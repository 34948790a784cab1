namespace Pharos.Storage.Compaction;

/// <summary>What a <see cref="BlockKeeper"/> works with.</summary>
/// <param name="Compactor">Writes blocks.</param>
/// <param name="Ranges">Spans of blocks by level, milliseconds.</param>
/// <param name="Retention">Chooses what goes.</param>
/// <param name="Counters">Counts.</param>
internal sealed record BlockKeeperParts(Compactor Compactor, long[] Ranges, Retention Retention, CompactionCounters Counters);
