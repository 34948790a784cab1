namespace Pharos.Rules.Views;

/// <summary>A rule group at one moment. Immutable.</summary>
/// <param name="File">The path of its file.</param>
/// <param name="Name">Unique in its file.</param>
/// <param name="Interval">Between two evaluations.</param>
/// <param name="Limit">The most series or alerts a rule may give; 0 means no limit.</param>
/// <param name="EvaluationDuration">How long the last evaluation took.</param>
/// <param name="LastEvaluation">When it began, by the clock; null before the first.</param>
/// <param name="Rules">In the order of evaluation.</param>
public sealed record RuleGroupView(
    string File,
    string Name,
    TimeSpan Interval,
    int Limit,
    TimeSpan EvaluationDuration,
    DateTimeOffset? LastEvaluation,
    IReadOnlyList<RuleView> Rules);
