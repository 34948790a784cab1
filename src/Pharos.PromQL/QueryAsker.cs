namespace Pharos.PromQL;

/// <summary>Who asked, for a log of queries.</summary>
/// <param name="Kind">As upstream's log names it: <c>httpRequest</c>, <c>ruleGroup</c>.</param>
/// <param name="Fields">What is known of them.</param>
public sealed record QueryAsker(string Kind, IReadOnlyList<KeyValuePair<string, string>> Fields);
