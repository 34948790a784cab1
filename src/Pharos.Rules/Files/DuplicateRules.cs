using Pharos.Core.Labels;

namespace Pharos.Rules.Files;

/// <summary>Finds rules of a file that write the same: rules of one name with the same labels. Files load with them all the same.</summary>
public static class DuplicateRules
{
    /// <summary>Each name and label set that several rules have, once, sorted by name.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<Label> Labels)> Find(RuleFile file)
    {
        var rules = new Dictionary<string, (string Name, IReadOnlyList<Label> Labels, int Count)>(StringComparer.Ordinal);
        foreach (RuleGroupConfig group in file.Groups)
        {
            foreach (RuleConfig rule in group.Rules)
            {
                IReadOnlyList<Label> labels = RuleLabels.Merge(group.Labels, rule.Labels);
                string identity = RuleLabels.Identity(rule.Name, labels);
                int count = rules.TryGetValue(identity, out (string, IReadOnlyList<Label>, int Count) before) ? before.Count : 0;
                rules[identity] = (rule.Name, labels, count + 1);
            }
        }

        return [.. rules.Values.Where(static r => r.Count > 1).OrderBy(static r => r.Name, Utf8Ordinal.Comparer).Select(static r => (r.Name, r.Labels))];
    }
}
