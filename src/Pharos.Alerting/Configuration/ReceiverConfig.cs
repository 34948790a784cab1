using Pharos.Config;

namespace Pharos.Alerting.Configuration;

/// <summary>A receiver: a name and the integrations that take its messages.</summary>
public sealed record ReceiverConfig
{
    public string Name { get; init; } = "";

    /// <summary>For filtering over the API; <c>name</c> is always among them.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>In upstream's order: by kind, then as written. None: alerts that come here are not sent anywhere.</summary>
    public IReadOnlyList<IntegrationConfig> Integrations { get; init; } = [];

    public TextPosition Position { get; init; }
}
