using Pharos.Storage;
using Pharos.Storage.Compaction;

namespace Pharos.Server.Metrics;

/// <summary>Upstream's metrics of compaction and retention.</summary>
internal static class CompactionMetricsWriter
{
    public static void Write(MetricWriter writer, CompactionMetrics? metrics)
    {
        if (metrics is null)
        {
            return;
        }

        writer.Counter("prometheus_tsdb_compactions_triggered_total", "Total number of triggered compactions for the partition.", metrics.Triggered);
        writer.Counter("prometheus_tsdb_compactions_failed_total", "Total number of compactions that failed for the partition.", metrics.Failures);
        writer.Counter("prometheus_tsdb_compactions_skipped_total", "Total number of skipped compactions due to disabled auto compaction.", metrics.Skipped);
        writer.Counter("prometheus_tsdb_compactions_total", "Total number of compactions that were executed for the partition.", metrics.Durations.Counts.Sum());
        writer.Counter("prometheus_tsdb_vertical_compactions_total", "Total number of compactions done on overlapping blocks.", metrics.Overlapping);
        writer.Gauge("prometheus_tsdb_compaction_populating_block", "Set to 1 when a block is currently being written to the disk.", metrics.IsPopulating ? 1 : 0);
        Write(writer, "prometheus_tsdb_compaction_duration_seconds", "Duration of compaction runs", metrics.Durations);
        Write(writer, "prometheus_tsdb_compaction_chunk_size_bytes", "Final size of chunks on their first compaction", metrics.ChunkBytes);
        Write(writer, "prometheus_tsdb_compaction_chunk_samples", "Final number of samples on their first compaction", metrics.ChunkSamples);
        Write(writer, "prometheus_tsdb_compaction_chunk_range_seconds", "Final time range of chunks on their first compaction", metrics.ChunkRanges);
        Write(writer, "prometheus_tsdb_tombstone_cleanup_seconds", "The time taken to recompact blocks to remove tombstones.", metrics.TombstoneCleanings);
        WriteRetention(writer, metrics, metrics.Limits);
    }

    private static void WriteRetention(MetricWriter writer, CompactionMetrics metrics, RetentionLimits limits)
    {
        writer.Counter(
            "prometheus_tsdb_time_retentions_total", "The number of times that blocks were deleted because the maximum time limit was exceeded.", metrics.TimeRetentions);
        writer.Counter(
            "prometheus_tsdb_size_retentions_total", "The number of times that blocks were deleted because the maximum number of bytes was exceeded.", metrics.SizeRetentions);
        writer.Gauge("prometheus_tsdb_retention_limit_bytes", "Max number of bytes to be retained in the tsdb blocks, configured 0 means disabled", limits.Bytes);
        writer.Gauge(
            "prometheus_tsdb_retention_limit_percentage",
            "Max percentage of total storage space to be retained in the tsdb blocks, configured 0 means disabled",
            limits.Percentage);
        writer.Gauge("prometheus_tsdb_retention_limit_seconds", "How long to retain samples in storage.", limits.Time.TotalSeconds);
    }

    private static void Write(MetricWriter writer, string name, string help, ObservedBuckets buckets)
    {
        writer.Family(name, MetricKind.Histogram, help);
        writer.Histogram([.. buckets.Bounds], [.. buckets.Counts], buckets.Sum);
    }
}
