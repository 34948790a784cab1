using Pharos.Remote.Otlp;
using Pharos.Remote.Otlp.Translation;

namespace Pharos.Server.Metrics;

/// <summary>What was received by OTLP.</summary>
internal sealed class OtlpMetrics : IMetricSource
{
    private readonly OtlpCounters _counters;

    public OtlpMetrics(OtlpCounters counters)
    {
        _counters = counters;
    }

    public void Write(MetricWriter writer)
    {
        // Every sample comes with at least the type of its metric.
        writer.Counter("prometheus_api_otlp_appended_samples_without_metadata_total", "Samples ingested from OTLP without corresponding metadata.", 0);
        writer.Counter("prometheus_api_otlp_out_of_order_exemplars_total", "Exemplars received by OTLP and refused because they were out of order.", _counters.ExemplarsOutOfOrder);
        writer.Family("prometheus_api_otlp_translation_warnings_total", MetricKind.Counter, "Warnings while translating OTLP metrics, by category.");
        foreach (TranslationWarning category in Enum.GetValues<TranslationWarning>())
        {
            if (_counters.WarningsOf(category) is > 0 and long count)
            {
                writer.Sample(count, ("category", NameOf(category)));
            }
        }

        writer.Counter("pharos_otlp_samples_total", "Samples received by OTLP and stored.", _counters.SamplesAppended);
        writer.Counter("pharos_otlp_samples_refused_total", "Samples received by OTLP and refused for their time.", _counters.SamplesRefused);
        writer.Counter("pharos_otlp_exemplars_total", "Exemplars received by OTLP and stored.", _counters.ExemplarsAppended);
        writer.Counter("pharos_otlp_exemplars_ignored_total", "Exemplars received by OTLP and not stored.", _counters.ExemplarsIgnored);
        writer.Counter("pharos_otlp_requests_refused_total", "OTLP requests of which nothing was stored.", _counters.RequestsRefused);
    }

    private static string NameOf(TranslationWarning category) => category switch
    {
        TranslationWarning.EmptyDataPoints => "empty_data_points",
        TranslationWarning.LabelNameCollision => "label_name_collision",
        _ => "histogram_zero_count_non_zero_sum",
    };
}
