using Pharos.Server.Configuration;

namespace Pharos.Server.Lifecycle;

/// <summary>What runs when nobody configured anything: the global defaults; the built-in targets are added to any configuration that names no jobs.</summary>
internal sealed class BuiltInConfigSource : IConfigSource
{
    public string Name => "built-in defaults";

    public PrometheusConfig Load() => PrometheusConfigReader.Parse("global:\n  scrape_interval: 15s\n", "built-in");
}
