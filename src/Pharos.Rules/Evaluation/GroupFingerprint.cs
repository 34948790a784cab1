using System.Globalization;
using System.Text;
using Pharos.Rules.Files;

namespace Pharos.Rules.Evaluation;

/// <summary>What a group does, as a text: two groups of one text do the same. Places in the file and the spelling of expressions do not count.</summary>
internal static class GroupFingerprint
{
    public static string Of(RuleGroupConfig group, TimeSpan interval)
    {
        var text = new StringBuilder();
        Append(text, interval, group.QueryOffset?.Ticks.ToString(CultureInfo.InvariantCulture) ?? "-", group.Limit);
        Append(text, group.Labels);
        foreach (RuleConfig rule in group.Rules)
        {
            Append(text, rule.Record, rule.Alert, rule.Expr, rule.For, rule.KeepFiringFor);
            Append(text, rule.Labels);
            Append(text, rule.Annotations);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyDictionary<string, string> pairs)
    {
        Append(text, pairs.Count);
        foreach ((string name, string value) in pairs)
        {
            Append(text, name, value);
        }
    }

    // With lengths, so that no two lists of parts have one text.
    private static void Append(StringBuilder text, params ReadOnlySpan<object> parts)
    {
        foreach (object part in parts)
        {
            string value = Convert.ToString(part, CultureInfo.InvariantCulture) ?? "";
            text.Append(value.Length).Append(':').Append(value);
        }
    }
}
