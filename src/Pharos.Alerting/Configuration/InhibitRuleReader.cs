using Pharos.Alerting.Matchers;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Alerting.Configuration;

/// <summary>Reads one of <c>inhibit_rules</c>.</summary>
internal static class InhibitRuleReader
{
    public static InhibitRuleConfig Read(YamlMapping map, MatcherMode mode)
    {
        var rule = new InhibitRuleConfig
        {
            Name = map.String("name"),
            SourceMatchers = [.. map.MatchMap("source_match", isRegex: false), .. map.MatchMap("source_match_re", isRegex: true), .. map.Matchers("source_matchers", mode)],
            TargetMatchers = [.. map.MatchMap("target_match", isRegex: false), .. map.MatchMap("target_match_re", isRegex: true), .. map.Matchers("target_matchers", mode)],
            Equal = map.Strings("equal"),
        };
        var names = new MatcherParser(mode);
        foreach (string label in rule.Equal)
        {
            if (!names.IsValidLabelName(label))
            {
                map.RefuseShape("equal", $"invalid label name {GoQuote.Quote(label)} in equal list", "names of labels");
            }
        }

        return rule;
    }
}
