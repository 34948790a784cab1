using Pharos.Config.Yaml;

namespace Pharos.Config.Http;

/// <summary>The values of one header that is added to each request.</summary>
public sealed record HttpHeaderConfig
{
    public IReadOnlyList<string> Values { get; init; } = [];

    public IReadOnlyList<Secret> Secrets { get; init; } = [];

    /// <summary>Files that hold a value each, read at each use.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    internal static HttpHeaderConfig Read(YamlMapping map)
    {
        var config = new HttpHeaderConfig
        {
            Values = map.Strings("values"),
            Secrets = map.Secrets("secrets"),
            Files = map.Paths("files"),
        };
        foreach (string file in config.Files)
        {
            map.Diagnostics.NeedFile(map.PositionOf("files"), file);
        }

        return config;
    }
}
