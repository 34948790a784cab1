using Pharos.Rules.Views;

namespace Pharos.Rules.Evaluation;

/// <summary>How the last evaluation of a rule went. Immutable.</summary>
internal sealed record RuleOutcome(RuleHealth Health, string Error, TimeSpan Duration, DateTimeOffset? StartedAt)
{
    public static RuleOutcome None { get; } = new(RuleHealth.Unknown, "", TimeSpan.Zero, null);
}
