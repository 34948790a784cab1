using Pharos.Remote.Reading;
using Pharos.Server.Flags;
using Pharos.Server.Logging;

namespace Pharos.Server.Options;

/// <summary>All that is fixed at start: the command line, read and checked.</summary>
internal sealed record ServerOptions
{
    /// <summary>The flags as given, for <c>/api/v1/status/flags</c>.</summary>
    public required FlagValues Flags { get; init; }

    /// <summary>The file of <c>--config.file</c>, or <c>prometheus.yml</c> of the working folder when it is there; null for the built-in configuration.</summary>
    public required string? ConfigFile { get; init; }

    /// <summary>The folder of <c>pharos serve FOLDER</c>; then <see cref="ConfigFile"/> is null.</summary>
    public required string? ConfigFolder { get; init; }

    /// <summary>How often to look for changes of the configuration; null when nobody asked for it.</summary>
    public required TimeSpan? AutoReloadInterval { get; init; }

    public required WebOptions Web { get; init; }

    public required StorageOptions Storage { get; init; }

    public required QueryOptions Query { get; init; }

    public required RuleOptions Rules { get; init; }

    /// <summary>What remote read requests may cost.</summary>
    public RemoteReadLimits RemoteRead { get; init; } = new();

    public AlertingOptions Alerting { get; init; } = new();

    /// <summary>Names of <c>--enable-feature</c>.</summary>
    public required IReadOnlySet<string> Features { get; init; }

    /// <summary>Changes of what was discovered are followed at most so often.</summary>
    public required TimeSpan DiscoveryInterval { get; init; }

    public required bool HostCollector { get; init; }

    public required LogLevel LogLevel { get; init; }

    public required LogFormat LogFormat { get; init; }
}
