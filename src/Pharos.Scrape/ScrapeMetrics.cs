namespace Pharos.Scrape;

/// <summary>Counters of all scraping, for the server's own metrics. Thread-safe; read at any time.</summary>
public sealed class ScrapeMetrics
{
    /// <summary><c>prometheus_target_scrape_pools_total</c>.</summary>
    public ScrapeCounter Pools { get; } = new();

    /// <summary><c>prometheus_target_scrape_pools_failed_total</c>.</summary>
    public ScrapeCounter PoolsFailed { get; } = new();

    /// <summary><c>prometheus_target_scrape_pool_reloads_total</c>.</summary>
    public ScrapeCounter PoolReloads { get; } = new();

    /// <summary><c>prometheus_target_scrape_pool_reloads_failed_total</c>.</summary>
    public ScrapeCounter PoolReloadsFailed { get; } = new();

    /// <summary><c>prometheus_target_scrape_pool_exceeded_target_limit_total</c>.</summary>
    public ScrapeCounter ExceededTargetLimit { get; } = new();

    /// <summary><c>prometheus_target_scrape_pool_exceeded_label_limits_total</c>.</summary>
    public ScrapeCounter ExceededLabelLimits { get; } = new();

    /// <summary><c>prometheus_target_scrapes_exceeded_body_size_limit_total</c>.</summary>
    public ScrapeCounter ExceededBodySizeLimit { get; } = new();

    /// <summary><c>prometheus_target_scrapes_exceeded_sample_limit_total</c>.</summary>
    public ScrapeCounter ExceededSampleLimit { get; } = new();

    /// <summary><c>prometheus_target_scrapes_sample_duplicate_timestamp_total</c>.</summary>
    public ScrapeCounter DuplicateTimestamps { get; } = new();

    /// <summary><c>prometheus_target_scrapes_sample_out_of_order_total</c>.</summary>
    public ScrapeCounter OutOfOrder { get; } = new();

    /// <summary><c>prometheus_target_scrapes_sample_out_of_bounds_total</c>.</summary>
    public ScrapeCounter OutOfBounds { get; } = new();

    /// <summary><c>prometheus_target_scrapes_exemplar_out_of_order_total</c>.</summary>
    public ScrapeCounter ExemplarsOutOfOrder { get; } = new();

    /// <summary><c>prometheus_target_sync_failed_total</c>, all jobs together; per job see <see cref="Targets.ScrapePoolView"/>.</summary>
    public ScrapeCounter SyncFailed { get; } = new();

    /// <summary><c>pharos_scrapes_total</c>: scrapes that were tried.</summary>
    public ScrapeCounter Scrapes { get; } = new();

    /// <summary><c>pharos_scrapes_failed_total</c>: those with <c>up</c> 0.</summary>
    public ScrapeCounter ScrapesFailed { get; } = new();

    /// <summary><c>pharos_scrape_samples_total</c>: samples read from bodies.</summary>
    public ScrapeCounter Samples { get; } = new();

    /// <summary><c>pharos_scrape_body_bytes_total</c>: bytes of bodies, after decompression.</summary>
    public ScrapeCounter BodyBytes { get; } = new();

    /// <summary><c>pharos_scrapes_missed_total</c>: scrapes that fell out because the one before took longer than the interval.</summary>
    public ScrapeCounter Missed { get; } = new();
}
