using Pharos.Config;
using Pharos.Core.Labels;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Rules.Views;

/// <summary>A rule at one moment. Immutable.</summary>
public sealed record RuleView
{
    /// <summary>The alert's name, or that of the series that is recorded.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it alerts instead of recording.</summary>
    public required bool IsAlerting { get; init; }

    /// <summary>Where the rule begins in its file.</summary>
    public required TextPosition Position { get; init; }

    /// <summary>The expression as the file has it; the positions of <see cref="Expr"/> point into it.</summary>
    public required string ExprText { get; init; }

    /// <summary>The expression in upstream's canonical form.</summary>
    public required string Query { get; init; }

    /// <summary>The expression.</summary>
    public required Expr Expr { get; init; }

    /// <summary>How long the expression must hold before the alert fires.</summary>
    public TimeSpan For { get; init; }

    /// <summary>How long the alert goes on firing after the expression has ceased to hold.</summary>
    public TimeSpan KeepFiringFor { get; init; }

    /// <summary>Those of the group and of the rule, as written, sorted by name; values may be templates, and empty.</summary>
    public required IReadOnlyList<Label> Labels { get; init; }

    /// <summary>As written, sorted by name.</summary>
    public required IReadOnlyList<Label> Annotations { get; init; }

    /// <summary>How the last evaluation went.</summary>
    public required RuleHealth Health { get; init; }

    /// <summary>Why it failed; empty when it did not.</summary>
    public required string LastError { get; init; }

    /// <summary>How long the last evaluation took, storing included.</summary>
    public required TimeSpan EvaluationDuration { get; init; }

    /// <summary>When the last evaluation began, by the clock; null before the first.</summary>
    public required DateTimeOffset? LastEvaluation { get; init; }

    /// <summary>The state of the worst alert; <see cref="AlertState.Unknown"/> of a recording rule.</summary>
    public AlertState State { get; init; }

    /// <summary>The alerts that pend or fire, and those that ended within the last quarter of an hour, in the order in which they came.</summary>
    public IReadOnlyList<AlertView> Alerts { get; init; } = [];
}
