using Pharos.Core.Contracts;
using Pharos.Remote.Sending;

namespace Pharos.Server.Metrics;

/// <summary>What was sent to other stores, under upstream's names.</summary>
internal sealed class RemoteStorageMetrics : IMetricSource
{
    private const string Prefix = "prometheus_remote_storage_";

    private static readonly (string Name, MetricKind Kind, string Help, RemoteWriteCount Count)[] Figures =
    [
        ("samples_total", MetricKind.Counter, "Total number of samples sent to remote storage.", RemoteWriteCount.Samples),
        ("exemplars_total", MetricKind.Counter, "Total number of exemplars sent to remote storage.", RemoteWriteCount.Exemplars),
        ("histograms_total", MetricKind.Counter, "Total number of histograms sent to remote storage.", RemoteWriteCount.Histograms),
        ("metadata_total", MetricKind.Counter, "Total number of metadata entries sent to remote storage.", RemoteWriteCount.Metadata),
        ("samples_failed_total", MetricKind.Counter, "Total number of samples which failed on send to remote storage, non-recoverable errors.", RemoteWriteCount.FailedSamples),
        ("exemplars_failed_total", MetricKind.Counter, "Total number of exemplars which failed on send to remote storage, non-recoverable errors.", RemoteWriteCount.FailedExemplars),
        ("histograms_failed_total", MetricKind.Counter, "Total number of histograms which failed on send to remote storage, non-recoverable errors.", RemoteWriteCount.FailedHistograms),
        ("metadata_failed_total", MetricKind.Counter, "Total number of metadata entries which failed on send to remote storage, non-recoverable errors.", RemoteWriteCount.FailedMetadata),
        ("samples_retried_total", MetricKind.Counter, "Total number of samples which failed on send to remote storage but were retried because the send error was recoverable.", RemoteWriteCount.RetriedSamples),
        ("exemplars_retried_total", MetricKind.Counter, "Total number of exemplars which failed on send to remote storage but were retried because the send error was recoverable.", RemoteWriteCount.RetriedExemplars),
        ("histograms_retried_total", MetricKind.Counter, "Total number of histograms which failed on send to remote storage but were retried because the send error was recoverable.", RemoteWriteCount.RetriedHistograms),
        ("metadata_retried_total", MetricKind.Counter, "Total number of metadata entries which failed on send to remote storage but were retried because the send error was recoverable.", RemoteWriteCount.RetriedMetadata),
        ("enqueue_retries_total", MetricKind.Counter, "Total number of times enqueue has failed because a shards queue was full.", RemoteWriteCount.EnqueueRetries),
        ("samples_pending", MetricKind.Gauge, "The number of samples pending in the queues shards to be sent to the remote storage.", RemoteWriteCount.PendingSamples),
        ("exemplars_pending", MetricKind.Gauge, "The number of exemplars pending in the queues shards to be sent to the remote storage.", RemoteWriteCount.PendingExemplars),
        ("histograms_pending", MetricKind.Gauge, "The number of histograms pending in the queues shards to be sent to the remote storage.", RemoteWriteCount.PendingHistograms),
        ("shards", MetricKind.Gauge, "The number of shards used for parallel sending to the remote storage.", RemoteWriteCount.Shards),
        ("bytes_total", MetricKind.Counter, "The total number of bytes of data (not metadata) sent by the queue after compression.", RemoteWriteCount.Bytes),
        ("metadata_bytes_total", MetricKind.Counter, "The total number of bytes of metadata sent by the queue after compression.", RemoteWriteCount.MetadataBytes),
    ];

    private static readonly (string Name, string What, (string Reason, RemoteWriteCount Count)[] Reasons)[] Dropped =
    [
        ("samples_dropped_total", "samples",
            [("too_old", RemoteWriteCount.OldSamples), ("dropped_series", RemoteWriteCount.DroppedSamples), ("unintentionally_dropped_series", RemoteWriteCount.UnknownSamples)]),
        ("exemplars_dropped_total", "exemplars",
            [("too_old", RemoteWriteCount.OldExemplars), ("dropped_series", RemoteWriteCount.DroppedExemplars), ("unintentionally_dropped_series", RemoteWriteCount.UnknownExemplars)]),
        ("histograms_dropped_total", "histograms",
            [
                ("too_old", RemoteWriteCount.OldHistograms), ("dropped_series", RemoteWriteCount.DroppedHistograms),
                ("unintentionally_dropped_series", RemoteWriteCount.UnknownHistograms), ("nhcb_in_rw1_not_supported", RemoteWriteCount.UnsupportedHistograms),
            ]),
    ];

    private static readonly (string Type, RemoteWriteCount Count)[] Records =
    [
        ("series", RemoteWriteCount.SeriesRecords), ("samples", RemoteWriteCount.SampleRecords), ("exemplars", RemoteWriteCount.ExemplarRecords),
        ("metadata", RemoteWriteCount.MetadataRecords), ("histogram_samples", RemoteWriteCount.HistogramRecords),
    ];

    private readonly Func<IReadOnlyList<RemoteWriteQueueCounters>> _queues;
    private readonly Func<LogStatistics> _stored;

    /// <param name="queues">Those that run now.</param>
    /// <param name="stored">What the store has taken.</param>
    public RemoteStorageMetrics(Func<IReadOnlyList<RemoteWriteQueueCounters>> queues, Func<LogStatistics> stored)
    {
        _queues = queues;
        _stored = stored;
    }

    public void Write(MetricWriter writer)
    {
        LogStatistics stored = _stored();
        writer.Counter(Prefix + "samples_in_total", "Samples in to remote storage, compare to samples out for queue managers.", stored.Samples);
        writer.Counter(Prefix + "exemplars_in_total", "Exemplars in to remote storage, compare to exemplars out for queue managers.", stored.Exemplars);
        writer.Counter(Prefix + "histograms_in_total", "HistogramSamples in to remote storage, compare to histograms out for queue managers.", stored.Histograms);
        writer.Gauge(Prefix + "highest_timestamp_in_seconds", "Highest timestamp that has come into the remote storage via the Appender interface, in seconds since epoch.", stored.NewestTime / 1000);
        IReadOnlyList<RemoteWriteQueueCounters> queues = _queues();
        if (queues.Count == 0)
        {
            return;
        }

        foreach ((string name, MetricKind kind, string help, RemoteWriteCount count) in Figures)
        {
            Write(writer, queues, name, kind, help, queue => queue[count]);
        }

        WriteQueueSettings(writer, queues);
        WriteDropped(writer, queues);
        writer.Family(Prefix + "sent_batch_duration_seconds", MetricKind.Histogram, "Duration of send calls to the remote storage.");
        foreach (RemoteWriteQueueCounters queue in queues)
        {
            writer.Histogram(queue.DurationBounds, queue.DurationCounts, queue.DurationSum, ("remote_name", queue.Name), ("url", queue.Url));
        }

        WriteWatchers(writer, queues);
    }

    private static void WriteQueueSettings(MetricWriter writer, IReadOnlyList<RemoteWriteQueueCounters> queues)
    {
        Write(writer, queues, "shards_max", MetricKind.Gauge, "The maximum number of shards that the queue is allowed to run.", static queue => queue.Config.MaxShards);
        Write(writer, queues, "shards_min", MetricKind.Gauge, "The minimum number of shards that the queue is allowed to run.", static queue => queue.Config.MinShards);
        Write(writer, queues, "shards_desired", MetricKind.Gauge,
            "The number of shards that the queues shard calculation wants to run based on the rate of samples in vs. samples out.", static queue => queue.ShardsDesired);
        Write(writer, queues, "shard_capacity", MetricKind.Gauge,
            "The capacity of each shard of the queue used for parallel sending to the remote storage.", static queue => queue.Config.Capacity);
        Write(writer, queues, "max_samples_per_send", MetricKind.Gauge,
            "The maximum number of samples to be sent, in a single request, to the remote storage. Note that, when sending of exemplars over remote write is enabled, exemplars count towards this limit.",
            static queue => queue.Config.MaxSamplesPerSend);
        Write(writer, queues, "queue_highest_timestamp_seconds", MetricKind.Gauge,
            "Highest timestamp that was enqueued, in seconds since epoch. Initialized to 0 when no data has been received yet.", static queue => queue[RemoteWriteCount.NewestRead] / 1000);
        Write(writer, queues, "queue_highest_sent_timestamp_seconds", MetricKind.Gauge,
            "Highest timestamp successfully sent by this queue, in seconds since epoch. Initialized to 0 when no data has been sent yet.", static queue => queue[RemoteWriteCount.NewestSent] / 1000);
    }

    private static void WriteDropped(MetricWriter writer, IReadOnlyList<RemoteWriteQueueCounters> queues)
    {
        foreach ((string name, string what, (string Reason, RemoteWriteCount Count)[] reasons) in Dropped)
        {
            writer.Family(
                Prefix + name,
                MetricKind.Counter,
                $"Total number of {what} which were dropped after being read from the WAL before being sent via remote write, either via relabelling, due to being too old or unintentionally because of an unknown reference ID.");
            foreach (RemoteWriteQueueCounters queue in queues)
            {
                foreach ((string reason, RemoteWriteCount count) in reasons)
                {
                    writer.Sample(queue[count], ("remote_name", queue.Name), ("url", queue.Url), ("reason", reason));
                }
            }
        }
    }

    private static void WriteWatchers(MetricWriter writer, IReadOnlyList<RemoteWriteQueueCounters> queues)
    {
        writer.Family("prometheus_wal_watcher_records_read_total", MetricKind.Counter, "Number of records read by the WAL watcher from the WAL.");
        foreach (RemoteWriteQueueCounters queue in queues)
        {
            foreach ((string type, RemoteWriteCount count) in Records)
            {
                writer.Sample(queue[count], ("consumer", queue.Name), ("type", type));
            }
        }

        WriteWatcher(writer, queues, "prometheus_wal_watcher_record_decode_failures_total", MetricKind.Counter,
            "Number of records read by the WAL watcher that resulted in an error when decoding.", RemoteWriteCount.DecodeFailures);
        WriteWatcher(writer, queues, "prometheus_wal_watcher_current_segment", MetricKind.Gauge, "Current segment the WAL watcher is reading records from.", RemoteWriteCount.Segment);
        WriteWatcher(writer, queues, "pharos_remote_write_lost_segments_total", MetricKind.Counter,
            "Segments of the log that the store dropped before a queue had read them.", RemoteWriteCount.LostSegments);
    }

    private static void WriteWatcher(
        MetricWriter writer, IReadOnlyList<RemoteWriteQueueCounters> queues, string name, MetricKind kind, string help, RemoteWriteCount count)
    {
        writer.Family(name, kind, help);
        foreach (RemoteWriteQueueCounters queue in queues)
        {
            writer.Sample(queue[count], ("consumer", queue.Name));
        }
    }

    private static void Write(
        MetricWriter writer, IReadOnlyList<RemoteWriteQueueCounters> queues, string name, MetricKind kind, string help, Func<RemoteWriteQueueCounters, double> value)
    {
        writer.Family(Prefix + name, kind, help);
        foreach (RemoteWriteQueueCounters queue in queues)
        {
            writer.Sample(value(queue), ("remote_name", queue.Name), ("url", queue.Url));
        }
    }
}
