namespace Pharos.Rules.Views;

/// <summary>How the last evaluation of a rule went.</summary>
public enum RuleHealth
{
    /// <summary>There was none yet.</summary>
    Unknown,

    /// <summary>It was evaluated and its samples were stored.</summary>
    Ok,

    /// <summary>It failed, or some of its samples were refused.</summary>
    Error,
}
