using Pharos.Storage;
using Pharos.Storage.Blocks;
using Pharos.Storage.Exemplars;

namespace Pharos.Server.Metrics;

/// <summary>What the store says about itself, under upstream's names where there is one for it.</summary>
internal sealed class StoreMetrics : IMetricSource
{
    private readonly Func<Tsdb?> _store;

    public StoreMetrics(Func<Tsdb?> store)
    {
        _store = store;
    }

    public void Write(MetricWriter writer)
    {
        if (_store()?.GetMetrics() is { } metrics)
        {
            WriteHead(writer, metrics);
            WriteBlocks(writer, metrics.Blocks);
            CompactionMetricsWriter.Write(writer, metrics.Compaction);
            WriteSamples(writer, metrics);
            WriteLog(writer, metrics);
            WriteOutOfOrderLog(writer, metrics);
            WriteMemory(writer, metrics);
            WriteExemplars(writer, metrics.Exemplars);
        }
    }

    private static void WriteHead(MetricWriter writer, TsdbMetrics metrics)
    {
        bool isEmpty = metrics.MinTime > metrics.MaxTime;
        writer.Gauge("prometheus_tsdb_head_series", "Total number of series in the head block.", metrics.Series);
        writer.Counter("prometheus_tsdb_head_series_created_total", "Total number of series created in the head.", metrics.SeriesCreated);
        writer.Counter("prometheus_tsdb_head_series_removed_total", "Total number of series removed in the head.", metrics.SeriesRemoved);
        writer.Counter("prometheus_tsdb_head_series_not_found_total", "Total number of requests for series that were not found.", metrics.SeriesNotFound);
        writer.Gauge("prometheus_tsdb_head_chunks", "Total number of chunks in the head block.", metrics.Chunks);
        writer.Counter("prometheus_tsdb_head_chunks_created_total", "Total number of chunks created in the head.", metrics.ChunksCreated);
        writer.Counter("prometheus_tsdb_head_chunks_removed_total", "Total number of chunks removed in the head.", metrics.ChunksRemoved);
        writer.Gauge("prometheus_tsdb_head_min_time", "Minimum time bound of the head block.", isEmpty ? 0 : metrics.MinTime);
        writer.Gauge("prometheus_tsdb_head_max_time", "Maximum timestamp of the head block.", isEmpty ? 0 : metrics.MaxTime);
        writer.Gauge("prometheus_tsdb_head_min_time_seconds", "Minimum time bound of the head block.", isEmpty ? 0 : metrics.MinTime / 1000.0);
        writer.Gauge("prometheus_tsdb_head_max_time_seconds", "Maximum timestamp of the head block.", isEmpty ? 0 : metrics.MaxTime / 1000.0);
        long lowest = metrics.LowestTime == long.MaxValue ? 0 : metrics.LowestTime;
        writer.Gauge("prometheus_tsdb_lowest_timestamp", "Lowest timestamp value stored in the database. The unit is decided by the library consumer.", lowest);
        writer.Gauge("prometheus_tsdb_lowest_timestamp_seconds", "Lowest timestamp value stored in the database.", lowest / 1000.0);
        writer.Counter("prometheus_tsdb_head_truncations_total", "Total number of head truncations attempted.", metrics.Truncations);
        writer.Counter("prometheus_tsdb_head_truncations_failed_total", "Total number of head truncations that failed.", metrics.TruncationFailures);
        writer.Gauge("prometheus_tsdb_data_replay_duration_seconds", "Time taken to replay the data on disk.", metrics.ReplayDuration.TotalSeconds);
        writer.Gauge("pharos_storage_series_aliases", "Other spellings of label sets that are remembered.", metrics.Aliases);
        writer.Gauge("pharos_storage_open_queriers", "Queriers open now.", metrics.OpenQueriers);
    }

    private static void WriteBlocks(MetricWriter writer, BlockMetrics blocks)
    {
        writer.Gauge("prometheus_tsdb_blocks_loaded", "Number of currently loaded data blocks", blocks.Loaded);
        writer.Gauge("prometheus_tsdb_storage_blocks_bytes", "The number of bytes that are currently used for local storage by all blocks.", blocks.Bytes);
        writer.Gauge("prometheus_tsdb_symbol_table_size_bytes", "Size of symbol table in memory for loaded blocks", blocks.SymbolTableBytes);
        writer.Gauge("pharos_storage_postings_table_size_bytes", "Size of postings offset tables in memory for loaded blocks.", blocks.PostingsTableBytes);
        writer.Counter("prometheus_tsdb_reloads_total", "Number of times the database reloaded block data from disk.", blocks.Reloads);
        writer.Counter("prometheus_tsdb_reloads_failures_total", "Number of times the database failed to reloadBlocks block data from disk.", blocks.ReloadFailures);
    }

    private static void WriteSamples(MetricWriter writer, TsdbMetrics metrics)
    {
        writer.Counter("prometheus_tsdb_head_samples_appended_total", "Total number of appended samples.", metrics.SamplesAppended - metrics.HistogramsAppended, ("type", "float"));
        writer.Sample(metrics.HistogramsAppended, ("type", "histogram"));
        writer.Counter("prometheus_tsdb_head_out_of_order_samples_appended_total", "Total number of appended out of order samples.", metrics.OutOfOrderSamplesAppended, ("type", "float"));
        writer.Sample(metrics.OutOfOrderHistogramsAppended, ("type", "histogram"));
        writer.Counter("prometheus_tsdb_out_of_order_samples_total", "Total number of out of order samples ingestion failed attempts due to out of order being disabled.", metrics.OutOfOrderSamples, ("type", "float"));
        writer.Counter("prometheus_tsdb_out_of_bound_samples_total", "Total number of out of bound samples ingestion failed attempts with out of order support disabled.", metrics.OutOfBoundSamples, ("type", "float"));
        writer.Counter(
            "prometheus_tsdb_too_old_samples_total",
            "Total number of out of order samples ingestion failed attempts with out of support enabled, but sample outside of time window.",
            metrics.TooOldSamples,
            ("type", "float"));
        writer.Family(
            "prometheus_tsdb_sample_ooo_delta",
            MetricKind.Histogram,
            "Delta in seconds by which a sample is considered out of order (reported regardless of OOO time window and whether sample is accepted or not).");
        writer.Histogram([.. metrics.OutOfOrderDeltaBounds], [.. metrics.OutOfOrderDeltaCounts], metrics.OutOfOrderDeltaSum);
        writer.Counter("pharos_storage_duplicate_samples_total", "Samples refused as a second value at a timestamp.", metrics.DuplicateSamples);
    }

    private static void WriteLog(MetricWriter writer, TsdbMetrics metrics)
    {
        writer.Gauge("prometheus_tsdb_wal_segment_current", "Write log segment index that is currently being written to.", metrics.WalSegment);
        writer.Gauge("prometheus_tsdb_wal_storage_size_bytes", "Size of the write log directory.", metrics.WalStorageBytes);
        writer.Counter("prometheus_tsdb_wal_writes_failed_total", "Total number of write log writes that failed.", metrics.WalWriteFailures);
        writer.Counter("prometheus_tsdb_wal_corruptions_total", "Total number of write log corruptions.", metrics.WalRepairs);
        writer.Gauge("prometheus_tsdb_head_chunks_storage_size_bytes", "Size of the chunks_head directory.", metrics.HeadChunksStorageBytes);
        writer.Counter("pharos_storage_head_chunks_writes_failed_total", "Times that files of head chunks could not be written; the chunks stay in memory.", metrics.HeadChunksWriteFailures);
        writer.Counter("prometheus_tsdb_checkpoint_creations_total", "Total number of checkpoint creations.", metrics.Checkpoints);
        writer.Counter("pharos_storage_wal_written_bytes_total", "Bytes written to the log.", metrics.WalBytesWritten);
        writer.Counter("pharos_storage_wal_syncs_total", "Times that a segment was forced to disk.", metrics.WalSyncs);
        writer.Counter("pharos_storage_wal_syncs_failed_total", "Forcings to disk that failed.", metrics.WalSyncFailures);
        writer.Counter("pharos_storage_wal_records_not_kept_total", "Records of kinds that are not kept yet, met when the log was opened.", metrics.WalRecordsNotKept);
    }

    private static void WriteOutOfOrderLog(MetricWriter writer, TsdbMetrics metrics)
    {
        writer.Gauge("prometheus_tsdb_out_of_order_wbl_segment_current", "Write log segment index that is currently being written to.", metrics.OutOfOrderLogSegment);
        writer.Gauge("prometheus_tsdb_out_of_order_wbl_storage_size_bytes", "Size of the write log directory.", metrics.OutOfOrderLogStorageBytes);
        writer.Counter("prometheus_tsdb_out_of_order_wbl_writes_failed_total", "Total number of write log writes that failed.", metrics.OutOfOrderLogWriteFailures);
        writer.Counter("pharos_storage_out_of_order_wbl_corruptions_total", "Records of the log of out-of-order samples that were cut off or dropped when it was opened.", metrics.OutOfOrderLogRepairs);
        writer.Gauge("pharos_storage_head_tombstones", "Deleted intervals of the head's series.", metrics.Tombstones);
    }

    private static void WriteExemplars(MetricWriter writer, ExemplarMetrics metrics)
    {
        writer.Counter("prometheus_tsdb_exemplar_exemplars_appended_total", "Total number of appended exemplars.", metrics.Appended);
        writer.Counter("prometheus_tsdb_exemplar_out_of_order_exemplars_total", "Total number of out of order exemplar ingestion failed attempts.", metrics.OutOfOrder);
        writer.Gauge("prometheus_tsdb_exemplar_exemplars_in_storage", "Number of exemplars currently in circular storage.", metrics.Count);
        writer.Gauge("prometheus_tsdb_exemplar_series_with_exemplars_in_storage", "Number of series with exemplars currently in circular storage.", metrics.Series);
        writer.Gauge("prometheus_tsdb_exemplar_last_exemplars_timestamp_seconds", "The timestamp of the oldest exemplar stored in circular storage.", metrics.OldestTime / 1000.0);
        writer.Gauge("prometheus_tsdb_exemplar_max_exemplars", "Total number of exemplars the exemplar storage can store, resizeable.", metrics.Limit);
    }

    private static void WriteMemory(MetricWriter writer, TsdbMetrics metrics)
    {
        writer.Family("pharos_storage_native_memory_bytes", MetricKind.Gauge, "Memory of the store outside the managed heap, by what it holds.");
        foreach ((string kind, long bytes) in metrics.NativeBytes.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            writer.Sample(bytes, ("kind", kind));
        }
    }
}
