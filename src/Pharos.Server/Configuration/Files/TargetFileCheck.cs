using Pharos.Config;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Server.Configuration.Files;

/// <summary>Checks a file of target groups.</summary>
internal static class TargetFileCheck
{
    /// <summary>Checks every group.</summary>
    /// <returns>How many targets there are.</returns>
    public static int Check(YamlNode root, ConfigDiagnostics diagnostics)
    {
        int targets = 0;
        foreach (YamlNode group in root.Items)
        {
            targets += YamlMapping.Read(group, "targetgroup.Group", group.Position, diagnostics, ReadGroup, out _);
        }

        return targets;
    }

    private static int ReadGroup(YamlMapping map)
    {
        map.StringMap("labels", static (name, _) => LabelName.IsUtf8(name) ? null : $"{ConfigText.Quote(name)} is not a valid label name");
        return map.Strings("targets").Count;
    }
}
