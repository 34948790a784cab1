using Pharos.Core.Labels;

namespace Pharos.Rules.Views;

/// <summary>An alert of a rule at one moment. Immutable.</summary>
/// <param name="Labels">With <c>alertname</c>; unique within the rule.</param>
/// <param name="Annotations">Expanded at the last evaluation that had the alert.</param>
/// <param name="State">Inactive of an alert that ended: it is kept for a quarter of an hour.</param>
/// <param name="Value">Of the expression, at the last evaluation that had the alert.</param>
/// <param name="ActiveAt">Since when the condition holds.</param>
/// <param name="FiredAt">When it began to fire; null while it does not and of one that never did.</param>
/// <param name="KeepFiringSince">Since when it fires only because of <c>keep_firing_for</c>.</param>
/// <param name="ResolvedAt">When it ended.</param>
/// <param name="LastSentAt">When it was last handed to the sink.</param>
public sealed record AlertView(
    Labels Labels,
    Labels Annotations,
    AlertState State,
    double Value,
    DateTimeOffset ActiveAt,
    DateTimeOffset? FiredAt,
    DateTimeOffset? KeepFiringSince,
    DateTimeOffset? ResolvedAt,
    DateTimeOffset? LastSentAt);
