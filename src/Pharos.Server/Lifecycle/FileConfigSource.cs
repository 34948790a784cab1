using Pharos.Config;
using Pharos.Server.Configuration;

namespace Pharos.Server.Lifecycle;

/// <summary><c>--config.file</c>.</summary>
internal sealed class FileConfigSource : IConfigSource
{
    public FileConfigSource(string path)
    {
        Name = path;
    }

    public string Name { get; }

    public PrometheusConfig Load() => PrometheusConfigReader.Load(Name);

    public IReadOnlyList<string> Files(PrometheusConfig current) =>
        [Name, .. current.ScrapeConfigFiles.Concat(current.RuleFiles).SelectMany(static pattern => PathGlob.Expand(pattern))];
}
