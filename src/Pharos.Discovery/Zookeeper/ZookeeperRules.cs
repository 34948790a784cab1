using Pharos.Config.Yaml;

namespace Pharos.Discovery.Zookeeper;

/// <summary>What both mechanisms over ZooKeeper demand.</summary>
internal static class ZookeeperRules
{
    public static void Check(YamlMapping map, string mechanism, IReadOnlyList<string> servers, IReadOnlyList<string> paths)
    {
        if (servers.Count == 0)
        {
            map.Refuse("servers", $"{mechanism} SD config must contain at least one Zookeeper server");
        }

        if (paths.Count == 0)
        {
            map.Refuse("paths", $"{mechanism} SD config must contain at least one path");
        }

        foreach (string path in paths)
        {
            if (!path.StartsWith('/'))
            {
                map.Refuse("paths", $"{mechanism} SD config paths must begin with '/': {path}");
            }
        }
    }
}
