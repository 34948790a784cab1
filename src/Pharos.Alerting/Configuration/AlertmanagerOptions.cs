using Pharos.Alerting.Matchers;

namespace Pharos.Alerting.Configuration;

/// <summary>How <c>alertmanager.yml</c> is read.</summary>
/// <param name="MatcherMode">Which syntax matchers and label names have.</param>
public sealed record AlertmanagerOptions(MatcherMode MatcherMode = MatcherMode.Fallback);
