using Pharos.Config.Yaml;

namespace Pharos.Remote.Configuration;

/// <summary>How types, help texts and units of metrics are sent.</summary>
public sealed record RemoteMetadataConfig
{
    public bool Send { get; init; } = true;

    public TimeSpan SendInterval { get; init; } = TimeSpan.FromMinutes(1);

    public int MaxSamplesPerSend { get; init; } = 2000;

    internal static RemoteMetadataConfig Read(YamlMapping map) => new()
    {
        Send = map.Bool("send", absent: true, always: true),
        SendInterval = map.Duration("send_interval", TimeSpan.FromMinutes(1), always: true),
        MaxSamplesPerSend = map.Int("max_samples_per_send", 2000),
    };
}
