using Pharos.Config;
using Pharos.Config.Http;

namespace Pharos.Alerting.Configuration;

/// <summary>One way in which a receiver is told; what the global section gives is filled in.</summary>
public abstract record IntegrationConfig
{
    /// <summary><c>slack</c>, <c>webhook</c>, <c>email</c> …: the field's name without <c>_configs</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>From 0 among those of the kind in the receiver.</summary>
    public int Index { get; init; }

    /// <summary>Whether the receiver hears of resolved alerts.</summary>
    public bool SendResolved { get; init; }

    /// <summary>How it talks HTTP.</summary>
    public HttpClientConfig Http { get; init; } = new();

    public TextPosition Position { get; init; }
}
