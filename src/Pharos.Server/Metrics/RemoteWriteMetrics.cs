using Pharos.Remote.Receiving;

namespace Pharos.Server.Metrics;

/// <summary>What was received by remote write.</summary>
internal sealed class RemoteWriteMetrics : IMetricSource
{
    private readonly RemoteWriteCounters _counters;

    public RemoteWriteMetrics(RemoteWriteCounters counters)
    {
        _counters = counters;
    }

    public void Write(MetricWriter writer)
    {
        writer.Counter("prometheus_api_remote_write_invalid_labels_samples_total", "Samples refused because of their labels.", _counters.SamplesWithInvalidLabels);
        writer.Counter(
            "prometheus_api_remote_write_without_metadata_appended_samples_total",
            "The total number of received remote write samples (and histogram samples) which were ingested without corresponding metadata.",
            _counters.WithoutMetadata);
        writer.Counter("pharos_remote_write_samples_total", "Samples received and stored.", _counters.SamplesAppended);
        writer.Counter("pharos_remote_write_samples_refused_total", "Samples refused for their time.", _counters.SamplesRefused);
        writer.Counter("pharos_remote_write_histograms_appended_total", "Native histograms stored.", _counters.HistogramsAppended);
        writer.Counter("pharos_remote_write_histograms_refused_total", "Native histograms refused for their time, or because they make no sense.", _counters.HistogramsRefused);
        writer.Counter("pharos_remote_write_exemplars_total", "Exemplars received and stored.", _counters.ExemplarsAppended);
        writer.Counter("pharos_remote_write_exemplars_ignored_total", "Exemplars received and not stored.", _counters.ExemplarsIgnored);
        writer.Counter("pharos_remote_write_metadata_ignored_total", "Metadata entries received and not stored.", _counters.MetadataIgnored);
        writer.Family("pharos_remote_write_series_total", MetricKind.Counter, "Series received, by how they were recognised.");
        writer.Sample(_counters.SeriesGuessed, ("by", "bytes"));
        writer.Sample(_counters.SeriesWalked, ("by", "walk"));
    }
}
