using Pharos.Config;
using Pharos.PromQL.Syntax.Nodes;

namespace Pharos.Rules.Files;

/// <summary>A rule as its file has it, checked: a recording rule where <see cref="Record"/> is set, else an alerting rule.</summary>
public sealed record RuleConfig
{
    /// <summary>The name of the series that the result is stored as; empty for an alerting rule.</summary>
    public required string Record { get; init; }

    /// <summary>The name of the alert; empty for a recording rule.</summary>
    public required string Alert { get; init; }

    /// <summary>The expression as written.</summary>
    public required string ExprText { get; init; }

    /// <summary>The expression.</summary>
    public required Expr Expr { get; init; }

    /// <summary>How long the expression must hold before the alert fires.</summary>
    public TimeSpan For { get; init; }

    /// <summary>How long the alert goes on firing after the expression has ceased to hold.</summary>
    public TimeSpan KeepFiringFor { get; init; }

    /// <summary>Set on the result, over those of the group; templates for an alerting rule. Sorted by name.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new SortedDictionary<string, string>();

    /// <summary>Templates; alerting rules only. Sorted by name.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new SortedDictionary<string, string>();

    /// <summary>Where the rule begins in its file.</summary>
    public TextPosition Position { get; init; }

    /// <summary>The one name that is set.</summary>
    public string Name => IsAlerting ? Alert : Record;

    /// <summary>Whether it alerts instead of recording.</summary>
    public bool IsAlerting => Alert.Length > 0;
}
