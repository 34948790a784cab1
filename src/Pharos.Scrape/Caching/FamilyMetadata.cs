using Pharos.Core.Samples;

namespace Pharos.Scrape.Caching;

/// <summary>What a target says about a family, and when it last did. Written by the scrape under the store's lock.</summary>
internal sealed class FamilyMetadata(string family)
{
    public string Family => family;

    public MetricType Type { get; set; }

    public string Help { get; set; } = "";

    public string Unit { get; set; } = "";

    /// <summary>The number of the scrape. Written without a lock, by the scrape alone.</summary>
    public int LastSeen { get; set; }
}
