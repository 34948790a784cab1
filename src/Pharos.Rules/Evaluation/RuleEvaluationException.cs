namespace Pharos.Rules.Evaluation;

/// <summary>A rule cannot be evaluated, for a reason that lies in the rule or its data. The message is upstream's.</summary>
internal sealed class RuleEvaluationException(string message) : Exception(message);
