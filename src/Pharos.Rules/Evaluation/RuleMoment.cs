namespace Pharos.Rules.Evaluation;

/// <summary>One evaluation of a group, as its rules see it.</summary>
/// <param name="Time">The time that the group was due.</param>
/// <param name="QueryOffset">How far before it expressions look, and samples are stored.</param>
/// <param name="Limit">The most series or alerts a rule may give; 0 means no limit.</param>
/// <param name="Environment">What all rules share.</param>
internal sealed record RuleMoment(DateTimeOffset Time, TimeSpan QueryOffset, int Limit, RuleEnvironment Environment)
{
    /// <summary>The time of queries and samples.</summary>
    public DateTimeOffset SampleTime => Time - QueryOffset;
}
