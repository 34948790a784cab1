using Pharos.Core.Labels;

namespace Pharos.Rules.Evaluation;

/// <summary>What all rules share of the configuration. Immutable; replaced whole on reload.</summary>
/// <param name="ExternalLabels">For templates.</param>
/// <param name="ExternalUrl">Without a slash at its end.</param>
/// <param name="QueryOffset">Of groups that name none.</param>
internal sealed record RuleEnvironment(Labels ExternalLabels, Uri ExternalUrl, TimeSpan QueryOffset);
