using Pharos.Config;

namespace Pharos.Server.Configuration.Files;

/// <summary>One file that was looked at.</summary>
/// <param name="Path">As it was given or found.</param>
/// <param name="Kind">What it is.</param>
internal sealed record ConfigFile(string Path, ConfigFileKind Kind)
{
    /// <summary>What is in it, as <c>3 scrape jobs</c>; empty when there is nothing to say.</summary>
    public string Content { get; init; } = "";

    public IReadOnlyList<ConfigError> Errors { get; init; } = [];

    public IReadOnlyList<ConfigWarning> Warnings { get; init; } = [];

    /// <summary>Files of jobs that a Prometheus configuration names: they are checked with it.</summary>
    public IReadOnlyList<string> ScrapeConfigFiles { get; init; } = [];

    /// <summary>Patterns of rule files that a Prometheus configuration names.</summary>
    public IReadOnlyList<string> RulePatterns { get; init; } = [];
}
