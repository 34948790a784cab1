namespace Pharos.Storage.Compaction;

/// <summary>What a <see cref="BlockKeeper"/> works with.</summary>
/// <param name="Compactor">Writes blocks.</param>
/// <param name="OutOfOrder">Writes the head's samples out of order.</param>
/// <param name="Ranges">Spans of blocks by level, milliseconds.</param>
/// <param name="Retention">Chooses what goes.</param>
/// <param name="Counters">Counts.</param>
/// <param name="Clock">Measures durations.</param>
internal sealed record BlockKeeperParts(Compactor Compactor, OutOfOrderCompaction OutOfOrder, long[] Ranges, Retention Retention, CompactionCounters Counters, TimeProvider Clock);
