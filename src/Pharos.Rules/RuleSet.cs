using Pharos.Core.Labels;
using Pharos.Rules.Files;

namespace Pharos.Rules;

/// <summary>What is to be evaluated: the rules of a configuration with what they inherit from it. Immutable.</summary>
public sealed record RuleSet
{
    /// <summary>Read and checked; each path once.</summary>
    public IReadOnlyList<RuleFile> Files { get; init; } = [];

    /// <summary>Of groups that name none.</summary>
    public TimeSpan EvaluationInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Of groups that name none: how far back an evaluation looks.</summary>
    public TimeSpan QueryOffset { get; init; }

    /// <summary>For templates.</summary>
    public Labels ExternalLabels { get; init; } = Labels.Empty;

    /// <summary>Where this server is reached, for templates and links.</summary>
    public required Uri ExternalUrl { get; init; }
}
