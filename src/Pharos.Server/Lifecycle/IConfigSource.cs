using Pharos.Config;
using Pharos.Server.Configuration;

namespace Pharos.Server.Lifecycle;

/// <summary>Where the configuration comes from. Read again at each reload.</summary>
internal interface IConfigSource
{
    /// <summary>For the log: a file, a folder, or what is built in.</summary>
    string Name { get; }

    /// <summary>Reads and checks everything; changes nothing.</summary>
    /// <exception cref="ConfigException">It is refused; the exception holds all that is wrong.</exception>
    PrometheusConfig Load();

    /// <summary>The files that are the configuration now, for those who watch them for changes. None for what is built in.</summary>
    /// <param name="current">The configuration that runs; it names further files.</param>
    IReadOnlyList<string> Files(PrometheusConfig current);
}
