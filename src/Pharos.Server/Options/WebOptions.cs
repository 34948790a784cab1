using Pharos.Core.Matching;

namespace Pharos.Server.Options;

/// <summary>How the server is reached.</summary>
internal sealed record WebOptions
{
    public required IReadOnlyList<ListenAddress> ListenAddresses { get; init; }

    /// <summary>Under which users reach it; null when nothing was said and the host's name is to be used.</summary>
    public required Uri? ExternalUrl { get; init; }

    /// <summary>In front of every route; empty or starting with a slash, never ending with one.</summary>
    public required string RoutePrefix { get; init; }

    public required TimeSpan ReadTimeout { get; init; }

    public required long MaxConnections { get; init; }

    public required bool EnableLifecycle { get; init; }

    public required bool EnableAdminApi { get; init; }

    public required bool EnableRemoteWriteReceiver { get; init; }

    /// <summary>Names of the remote write messages that are taken.</summary>
    public required IReadOnlyList<string> AcceptedWriteMessages { get; init; }

    public required bool EnableOtlpReceiver { get; init; }

    public required string PageTitle { get; init; }

    public required AnchoredRegex CorsOrigin { get; init; }

    /// <summary>The file of <c>--web.config.file</c>; null when there is none.</summary>
    public required string? ConfigFile { get; init; }

    public required AuthMode Auth { get; init; }

    /// <summary>The file with the first admin's password; null when a random one is made.</summary>
    public required string? AdminPasswordFile { get; init; }
}
