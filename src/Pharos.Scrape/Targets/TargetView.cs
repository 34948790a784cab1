using Pharos.Core.Labels;

namespace Pharos.Scrape.Targets;

/// <summary>A target at one moment, for display. Immutable.</summary>
/// <param name="ScrapePool">Its job.</param>
/// <param name="Labels">The labels of its series.</param>
/// <param name="DiscoveredLabels">The labels before relabelling.</param>
/// <param name="ScrapeUrl">What is fetched.</param>
/// <param name="LastError">Why the last scrape failed; empty when it did not.</param>
/// <param name="LastScrape">When it began; <see cref="DateTimeOffset.MinValue"/> before the first.</param>
/// <param name="LastScrapeDuration">How long it took.</param>
/// <param name="Health">How it went.</param>
/// <param name="ScrapeInterval">As text, as <c>15s</c>.</param>
/// <param name="ScrapeTimeout">As text, as <c>10s</c>.</param>
public sealed record TargetView(
    string ScrapePool,
    Labels Labels,
    Labels DiscoveredLabels,
    string ScrapeUrl,
    string LastError,
    DateTimeOffset LastScrape,
    TimeSpan LastScrapeDuration,
    TargetHealth Health,
    string ScrapeInterval,
    string ScrapeTimeout)
{
    internal Func<IReadOnlyList<MetricMetadata>> MetadataSource { get; init; } = static () => [];

    /// <summary>What the target says about its families, now.</summary>
    public IReadOnlyList<MetricMetadata> ListMetadata() => MetadataSource();
}
