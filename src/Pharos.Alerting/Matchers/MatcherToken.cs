namespace Pharos.Alerting.Matchers;

/// <summary>A piece of a list of matchers; columns are counted in runes from 0.</summary>
internal readonly record struct MatcherToken(MatcherTokenKind Kind, string Text, int StartColumn, int EndColumn);
