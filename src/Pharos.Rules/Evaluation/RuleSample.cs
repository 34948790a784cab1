using Pharos.Core.Labels;

namespace Pharos.Rules.Evaluation;

/// <summary>What a rule gives: a value of a series at the time of the evaluation.</summary>
internal readonly record struct RuleSample(Labels Labels, double Value);
