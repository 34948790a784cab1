using Pharos.Alerting.Matchers;

namespace Pharos.Alerting.Configuration;

/// <summary>While an alert that matches the source fires, alerts that match the target and agree with it in some labels are not sent.</summary>
public sealed record InhibitRuleConfig
{
    /// <summary>May be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Of <c>source_match</c>, <c>source_match_re</c> and <c>source_matchers</c> together.</summary>
    public IReadOnlyList<AlertMatcher> SourceMatchers { get; init; } = [];

    /// <summary>Of <c>target_match</c>, <c>target_match_re</c> and <c>target_matchers</c> together.</summary>
    public IReadOnlyList<AlertMatcher> TargetMatchers { get; init; } = [];

    /// <summary>Labels that both must have the same value of; absent and empty are the same.</summary>
    public IReadOnlyList<string> Equal { get; init; } = [];
}
