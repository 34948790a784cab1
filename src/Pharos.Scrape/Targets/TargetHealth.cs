namespace Pharos.Scrape.Targets;

/// <summary>How the last scrape of a target went.</summary>
public enum TargetHealth
{
    /// <summary>Not scraped yet.</summary>
    Unknown,

    /// <summary>It went well.</summary>
    Up,

    /// <summary>It failed.</summary>
    Down,
}
