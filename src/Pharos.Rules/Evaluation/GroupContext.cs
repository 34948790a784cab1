namespace Pharos.Rules.Evaluation;

/// <summary>What the rules of a group work with. Immutable.</summary>
/// <param name="File">The path of the group's file.</param>
/// <param name="Group">Its name.</param>
/// <param name="Options">Those of the manager.</param>
/// <param name="Query">Asks the engine.</param>
internal sealed record GroupContext(string File, string Group, RuleManagerOptions Options, RuleQuery Query);
