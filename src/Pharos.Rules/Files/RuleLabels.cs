using Pharos.Core.Labels;

namespace Pharos.Rules.Files;

/// <summary>The labels that a rule writes.</summary>
internal static class RuleLabels
{
    /// <summary>Those of the group and, over them, of the rule; sorted by name. Values may be empty: such a label is removed from results.</summary>
    public static IReadOnlyList<Label> Merge(IReadOnlyDictionary<string, string> group, IReadOnlyDictionary<string, string> rule)
    {
        var labels = new SortedDictionary<string, string>(Utf8Ordinal.Comparer);
        foreach ((string name, string value) in group.Concat(rule))
        {
            labels[name] = value;
        }

        return [.. labels.Select(static l => new Label(l.Key, l.Value))];
    }

    /// <summary>A text that two rules have in common exactly when their names and labels are the same.</summary>
    public static string Identity(string name, IReadOnlyList<Label> labels) =>
        string.Concat(name, string.Concat(labels.Select(static l => $"\0{l.Name}\0{l.Value}")));
}
