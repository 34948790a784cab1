using Pharos.Core.Labels;

namespace Pharos.Scrape.Targets;

/// <summary>A target that relabelling dropped.</summary>
/// <param name="ScrapePool">Its job.</param>
/// <param name="DiscoveredLabels">The labels before relabelling.</param>
public sealed record DroppedTargetView(string ScrapePool, Labels DiscoveredLabels);
