using Pharos.Config.Http;
using Pharos.Config.Printing;
using Pharos.Config.Relabeling;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;
using Pharos.Core.Relabeling;

namespace Pharos.Remote.Configuration;

/// <summary>One receiver that samples are sent to.</summary>
public sealed record RemoteWriteConfig
{
    /// <summary>Remote write 1.0.</summary>
    public const string Version1Message = "prometheus.WriteRequest";

    /// <summary>Remote write 2.0.</summary>
    public const string Version2Message = "io.prometheus.write.v2.Request";

    /// <summary>Null only in a configuration that was refused.</summary>
    public ConfigUrl? Url { get; init; }

    public TimeSpan RemoteTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<RelabelConfig> WriteRelabelConfigs { get; init; } = [];

    /// <summary>Unique where it is given; empty: the fingerprint serves.</summary>
    public string Name { get; init; } = "";

    public bool SendExemplars { get; init; }

    public bool SendNativeHistograms { get; init; }

    public bool RoundRobinDns { get; init; }

    /// <summary><see cref="Version1Message"/> or <see cref="Version2Message"/>.</summary>
    public string ProtobufMessage { get; init; } = Version1Message;

    public bool FailedRequestLogging { get; init; }

    public HttpClientConfig Http { get; init; } = new();

    public RemoteQueueConfig Queue { get; init; } = new();

    public RemoteMetadataConfig Metadata { get; init; } = new();

    public SigV4Config? SigV4 { get; init; }

    public AzureAdConfig? AzureAd { get; init; }

    /// <summary>The credentials file for Google Cloud; null when not configured, empty for the machine's own.</summary>
    public string? GoogleIamCredentialsFile { get; init; }

    /// <summary>Two configurations that say the same have the same, and others another; secrets count.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Reads an entry of <c>remote_write</c>. Names are compared by the caller.</summary>
    public static RemoteWriteConfig Read(YamlMapping map, NameValidation validation)
    {
        var config = new RemoteWriteConfig
        {
            Url = map.Url("url"),
            RemoteTimeout = map.Duration("remote_timeout", TimeSpan.FromSeconds(30)),
            Headers = map.StringMap("headers", static (name, _) => ReservedHeaders.Check(name, RemoteFields.AuthorizationMessage)),
            WriteRelabelConfigs = map.RelabelConfigs("write_relabel_configs", validation, "empty or null relabeling rule in remote write config"),
            Name = map.String("name"),
            SendExemplars = map.Bool("send_exemplars"),
            SendNativeHistograms = map.Bool("send_native_histograms"),
            RoundRobinDns = map.Bool("round_robin_dns"),
            ProtobufMessage = map.String("protobuf_message", Version1Message),
            FailedRequestLogging = map.Bool("failed_request_logging"),
            Http = HttpClientConfig.Read(map, enableHttp2: false),
            Queue = map.Section("queue_config", "config.QueueConfig", RemoteQueueConfig.Read, static () => new RemoteQueueConfig()),
            Metadata = map.Section("metadata_config", "config.MetadataConfig", RemoteMetadataConfig.Read, static () => new RemoteMetadataConfig()),
            SigV4 = map.OptionalSection("sigv4", "sigv4.plain", SigV4Config.Read),
            AzureAd = map.OptionalSection("azuread", "azuread.plain", AzureAdConfig.Read),
            GoogleIamCredentialsFile = map.OptionalSection("google_iam", "googleiam.Config", static section => section.Path("credentials_file")),
        };
        config.Check(map);
        config.WarnNotSupported(map);
        return config with { Fingerprint = CanonicalFingerprint.Of(map.Canonical) };
    }

    /// <summary>What of the section keeps this version from sending anything; null when nothing does.</summary>
    internal string? Unsupported => SigV4 is not null ? "sigv4" : AzureAd is not null ? "azuread" : GoogleIamCredentialsFile is not null ? "google_iam" : null;

    private void WarnNotSupported(YamlMapping map)
    {
        if (Unsupported is { } section)
        {
            RemoteFields.WarnNotSupported(map, "remote_write", $"nothing is sent to a receiver with {section}");
        }

        if (RoundRobinDns)
        {
            map.Warn("round_robin_dns", "round_robin_dns has no effect: connections go to the first address that answers");
        }
    }

    private void Check(YamlMapping map)
    {
        if (Url is null)
        {
            map.Refuse("url", "url for remote_write is empty", "the URL of a receiver");
        }

        if (ProtobufMessage is not (Version1Message or Version2Message))
        {
            map.Refuse("protobuf_message", $"invalid protobuf_message value: unknown type for remote write protobuf message {ProtobufMessage}, supported: {Version1Message}, {Version2Message}");
        }

        List<string> methods = [];
        Add(methods, "basic_auth", Http.BasicAuth);
        Add(methods, "authorization", Http.Authorization);
        Add(methods, "oauth2", Http.OAuth2);
        Add(methods, "sigv4", SigV4);
        Add(methods, "azuread", AzureAd);
        Add(methods, "google_iam", GoogleIamCredentialsFile);
        if (methods.Count > 1)
        {
            map.Refuse($"at most one of basic_auth, authorization, oauth2, sigv4, azuread or google_iam must be configured. Currently configured: [{string.Join(' ', methods)}]");
        }
    }

    private static void Add(List<string> methods, string name, object? configured)
    {
        if (configured is not null)
        {
            methods.Add(name);
        }
    }
}
