using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Rules.Files;

/// <summary>Reads the groups of one file.</summary>
internal sealed class RuleGroupReader(ConfigDiagnostics diagnostics, RuleFileOptions options)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly RuleNames _check = new(options.NameValidation);

    public IReadOnlyList<RuleGroupConfig> ReadGroups(YamlMapping map)
    {
        IReadOnlyList<RuleGroupConfig> groups = map.Sections("groups", "rulefmt.RuleGroup", ReadGroup, nullMessage: null);
        IgnoreUnknown(map);
        return groups;
    }

    private RuleGroupConfig ReadGroup(YamlMapping map)
    {
        string name = map.String("name");
        if (name.Length == 0)
        {
            map.Refuse("Groupname must not be empty");
        }
        else if (!_names.Add(name))
        {
            diagnostics.Error(map.Position, $"groupname: \"{name}\" is repeated in the same file");
        }

        bool hasOffset = map.Has("query_offset");
        TimeSpan interval = map.Duration("interval");
        TimeSpan offset = map.Duration("query_offset");
        var rules = new RuleReader(diagnostics, options, name);
        var group = new RuleGroupConfig
        {
            Name = name,
            Interval = interval == TimeSpan.Zero ? null : interval,
            QueryOffset = hasOffset ? offset : null,
            Limit = map.Int("limit"),
            Labels = map.StringMap("labels", _check.CheckLabel),
            Rules = [.. map.Sections("rules", "rulefmt.Rule", rules.Read, nullMessage: null).OfType<RuleConfig>()],
        };
        IgnoreUnknown(map);
        return group;
    }

    private void IgnoreUnknown(YamlMapping map)
    {
        if (options.IgnoreUnknownFields)
        {
            foreach (string key in map.Keys)
            {
                map.Take(key);
            }
        }
    }
}
