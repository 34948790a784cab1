namespace Pharos.Discovery;

/// <summary>Where targets come from, by one mechanism; one entry of a <c>…_sd_configs</c> list, or all <c>static_configs</c> of a section.</summary>
public abstract record DiscoveryConfig
{
    /// <summary>Upstream's name of the mechanism, as <c>kubernetes</c>.</summary>
    public abstract string Mechanism { get; }

    /// <summary>Why this version cannot run the mechanism, in words for the operator; null when it can.</summary>
    public virtual string? NotAvailable => $"{Mechanism} discovery is not built yet";

    /// <summary>Two configurations that say the same have the same, and others another; secrets count.</summary>
    public string Fingerprint { get; init; } = "";
}
