using Pharos.Scrape;
using Pharos.Scrape.Targets;

namespace Pharos.Server.Metrics;

/// <summary>How scraping does, in all and by job, under upstream's names where there is one.</summary>
internal sealed class ScrapingMetrics : IMetricSource
{
    private readonly ScrapeManager _manager;

    public ScrapingMetrics(ScrapeManager manager)
    {
        _manager = manager;
    }

    public void Write(MetricWriter writer)
    {
        WriteTotals(writer, _manager.Metrics);
        WritePools(writer, _manager.GetPools());
    }

    private static void WriteTotals(MetricWriter writer, ScrapeMetrics metrics)
    {
        writer.Counter("prometheus_target_scrape_pools_total", "Total number of scrape pool creation attempts.", metrics.Pools.Value);
        writer.Counter("prometheus_target_scrape_pools_failed_total", "Total number of scrape pool creations that failed.", metrics.PoolsFailed.Value);
        writer.Counter("prometheus_target_scrape_pool_reloads_total", "Total number of scrape pool reloads.", metrics.PoolReloads.Value);
        writer.Counter("prometheus_target_scrape_pool_reloads_failed_total", "Total number of failed scrape pool reloads.", metrics.PoolReloadsFailed.Value);
        writer.Counter("prometheus_target_scrape_pool_exceeded_target_limit_total", "Total number of times scrape pools hit the target limit.",
            metrics.ExceededTargetLimit.Value);
        writer.Counter("prometheus_target_scrape_pool_exceeded_label_limits_total", "Total number of times scrape pools hit the label limits.",
            metrics.ExceededLabelLimits.Value);
        writer.Counter("prometheus_target_scrapes_exceeded_body_size_limit_total", "Total number of scrapes that hit the body size limit.",
            metrics.ExceededBodySizeLimit.Value);
        writer.Counter("prometheus_target_scrapes_exceeded_sample_limit_total", "Total number of scrapes that hit the sample limit.",
            metrics.ExceededSampleLimit.Value);
        writer.Counter("prometheus_target_scrapes_sample_duplicate_timestamp_total", "Total number of samples rejected due to duplicate timestamps.",
            metrics.DuplicateTimestamps.Value);
        writer.Counter("prometheus_target_scrapes_sample_out_of_order_total", "Total number of samples rejected due to not being in order.",
            metrics.OutOfOrder.Value);
        writer.Counter("prometheus_target_scrapes_sample_out_of_bounds_total", "Total number of samples rejected due to time bounds.",
            metrics.OutOfBounds.Value);
        writer.Counter("prometheus_target_scrapes_exemplar_out_of_order_total", "Total number of exemplar rejected due to not being out of the expected order.",
            metrics.ExemplarsOutOfOrder.Value);
        writer.Counter("pharos_scrapes_total", "Scrapes that were tried.", metrics.Scrapes.Value);
        writer.Counter("pharos_scrapes_failed_total", "Scrapes that left a target down.", metrics.ScrapesFailed.Value);
        writer.Counter("pharos_scrapes_missed_total", "Scrapes that fell out because the one before took longer than the interval.", metrics.Missed.Value);
        writer.Counter("pharos_scrape_samples_total", "Samples read from bodies.", metrics.Samples.Value);
        writer.Counter("pharos_scrape_body_bytes_total", "Bytes of bodies, after decompression.", metrics.BodyBytes.Value);
    }

    private static void WritePools(MetricWriter writer, IReadOnlyList<ScrapePoolView> pools)
    {
        WriteByPool(writer, pools, "prometheus_target_scrape_pool_targets", MetricKind.Gauge, "Current number of targets in this scrape pool.", static pool => pool.Active.Count);
        WriteByPool(writer, pools, "prometheus_target_scrape_pool_target_limit", MetricKind.Gauge, "Maximum number of targets allowed in this scrape pool.",
            static pool => pool.TargetLimit);
        WriteByPool(writer, pools, "prometheus_target_scrape_pool_sync_total", MetricKind.Counter, "Total number of syncs that were executed on a scrape pool.",
            static pool => pool.Syncs);
        WriteByPool(writer, pools, "prometheus_target_sync_failed_total", MetricKind.Counter, "Total number of target sync failures.", static pool => pool.SyncFailures);
        writer.Family("prometheus_sd_discovered_targets", MetricKind.Gauge, "Current number of discovered targets.");
        foreach (ScrapePoolView pool in pools)
        {
            writer.Sample(pool.Discovery.Sum(static status => status.Targets), ("config", pool.Name), ("name", "scrape"));
        }
    }

    private static void WriteByPool(
        MetricWriter writer, IReadOnlyList<ScrapePoolView> pools, string name, MetricKind kind, string help, Func<ScrapePoolView, double> value)
    {
        writer.Family(name, kind, help);
        foreach (ScrapePoolView pool in pools)
        {
            writer.Sample(value(pool), ("scrape_job", pool.Name));
        }
    }
}
