using Pharos.Config;
using Pharos.Config.Http;
using Pharos.Config.Printing;
using Pharos.Config.Yaml;
using Pharos.Core.Labels;

namespace Pharos.Remote.Configuration;

/// <summary>One store that queries read from beside the own one.</summary>
public sealed record RemoteReadConfig
{
    /// <summary>Null only in a configuration that was refused.</summary>
    public ConfigUrl? Url { get; init; }

    public TimeSpan RemoteTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of one frame of a streamed answer.</summary>
    public long ChunkedReadLimit { get; init; } = 50_000_000;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Ask for the time that the own store has whole as well.</summary>
    public bool ReadRecent { get; init; }

    /// <summary>Unique where it is given.</summary>
    public string Name { get; init; } = "";

    public HttpClientConfig Http { get; init; } = new();

    /// <summary>Only selectors with these equality matchers are sent.</summary>
    public IReadOnlyDictionary<string, string> RequiredMatchers { get; init; } = new Dictionary<string, string>();

    /// <summary>Add the external labels to what is asked.</summary>
    public bool FilterExternalLabels { get; init; } = true;

    /// <summary>Two configurations that say the same have the same, and others another; secrets count.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Reads an entry of <c>remote_read</c>. Names are compared by the caller.</summary>
    public static RemoteReadConfig Read(YamlMapping map)
    {
        var config = new RemoteReadConfig
        {
            Url = map.Url("url"),
            RemoteTimeout = map.Duration("remote_timeout", TimeSpan.FromMinutes(1)),
            ChunkedReadLimit = map.Count("chunked_read_limit", 50_000_000),
            Headers = map.StringMap("headers", static (name, _) => ReservedHeaders.Check(name, RemoteFields.AuthorizationMessage)),
            ReadRecent = map.Bool("read_recent"),
            Name = map.String("name"),
            Http = HttpClientConfig.Read(map),
            RequiredMatchers = map.StringMap("required_matchers", static (name, _) => LabelName.IsUtf8(name) ? null : $"{ConfigText.Quote(name)} is not a valid label name"),
            FilterExternalLabels = map.Bool("filter_external_labels", absent: true),
        };
        if (config.Url is null)
        {
            map.Refuse("url", "url for remote_read is empty", "the URL of a store");
        }

        return config with { Fingerprint = CanonicalFingerprint.Of(map.Canonical) };
    }
}
