using Pharos.Core.Labels;
using Pharos.Scrape.Configuration;

namespace Pharos.Server.Configuration;

/// <summary>The <c>global</c> section.</summary>
public sealed record GlobalConfig
{
    /// <summary>What jobs inherit.</summary>
    public ScrapeDefaults Scrape { get; init; } = new();

    /// <summary>How often rules are evaluated that say nothing themselves.</summary>
    public TimeSpan EvaluationInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How far in the past rules look, so that their data has come.</summary>
    public TimeSpan RuleQueryOffset { get; init; }

    /// <summary>An absolute path, or empty.</summary>
    public string QueryLogFile { get; init; } = "";

    /// <summary>Labels of this server for others, the environment's variables filled in.</summary>
    public Labels ExternalLabels { get; init; } = Labels.Empty;
}
