using Pharos.Rules.Views;

namespace Pharos.Server.Api;

/// <summary>The groups that a request for rules is answered with.</summary>
/// <param name="Groups">With the selected rules alone.</param>
/// <param name="NextToken">Names the group that the next page begins with; empty when there is none.</param>
internal sealed record RulePage(IReadOnlyList<RuleGroupView> Groups, string NextToken);
