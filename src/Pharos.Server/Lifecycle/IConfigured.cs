using Pharos.Server.Configuration;

namespace Pharos.Server.Lifecycle;

/// <summary>A part that follows the configuration.</summary>
internal interface IConfigured
{
    /// <summary>For the log.</summary>
    string Name { get; }

    /// <summary>
    /// Takes the configuration up; what did not change goes on undisturbed. The configuration was checked, so that a failure is a fault of the machine;
    /// then the part is as before, or is given the former configuration again.
    /// </summary>
    Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken);
}
