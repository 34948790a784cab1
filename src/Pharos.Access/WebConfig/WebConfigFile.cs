using Pharos.Config;
using Pharos.Config.Yaml;

namespace Pharos.Access.WebConfig;

/// <summary>The file of <c>--web.config.file</c>, in the form of Prometheus' exporter toolkit. Immutable.</summary>
public sealed record WebConfigFile
{
    /// <summary>About a second of one core; each step doubles it.</summary>
    private const int HighestQuickCost = 14;

    /// <summary>As when no file is given: no TLS, no users, no limit.</summary>
    public static WebConfigFile Empty { get; } = new();

    /// <summary>TLS is on when this is there.</summary>
    public TlsServerConfig? Tls { get; init; }

    /// <summary>Whether HTTP/2 is offered; it needs TLS.</summary>
    public bool Http2 { get; init; } = true;

    /// <summary>For every answer; an empty value takes a header away.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Names with their bcrypt hashes.</summary>
    public IReadOnlyDictionary<string, string> BasicAuthUsers { get; init; } = new Dictionary<string, string>();

    /// <summary>Null when there is no limit.</summary>
    public RateLimitConfig? RateLimit { get; init; }

    /// <summary>What is odd and was taken all the same.</summary>
    public IReadOnlyList<ConfigWarning> Warnings { get; init; } = [];

    /// <summary>Reads the file; the files that it names are not looked at.</summary>
    /// <exception cref="ConfigException">All that is wrong with it.</exception>
    public static WebConfigFile Load(string path)
    {
        var diagnostics = new ConfigDiagnostics(path);
        YamlNode? document = YamlParser.Single(YamlParser.ParseFile(path, diagnostics), diagnostics);
        WebConfigFile? config = document is null
            ? null
            : YamlMapping.Read(document, "web.Config", document.Position, diagnostics, Read, out _);
        diagnostics.ThrowIfErrors();
        return (config ?? Empty) with { Warnings = diagnostics.Warnings };
    }

    /// <summary>Leaves out whatever may be secret.</summary>
    public override string ToString() => $"web configuration (TLS {(Tls is null ? "off" : "on")}, {BasicAuthUsers.Count} users)";

    private static WebConfigFile Read(YamlMapping map)
    {
        TlsServerConfig tls = map.Section("tls_server_config", "web.TLSConfig", TlsServerConfigReader.Read, static () => new TlsServerConfig());
        WebConfigFile http = map.Section("http_server_config", "web.HTTPConfig", HttpServerConfigReader.Read, static () => Empty);
        var config = new WebConfigFile
        {
            Tls = tls.IsEnabled ? tls : null,
            Http2 = http.Http2,
            Headers = http.Headers,
            RateLimit = map.OptionalSection("rate_limit", "web.RateLimiterConfig", ReadRateLimit) is { Interval.Ticks: > 0 } limit ? limit : null,
            BasicAuthUsers = map.StringMap("basic_auth_users", static (name, hash) => CheckUser(name, hash)),
        };
        if (config.Tls is not null && config.Http2)
        {
            HttpServerConfigReader.CheckHttp2(map, config.Tls);
        }

        foreach ((string name, string hash) in config.BasicAuthUsers)
        {
            if (Passwords.Bcrypt.CostOf(hash) > HighestQuickCost)
            {
                map.Warn("basic_auth_users", $"the hash of {ConfigText.Shorten(name)} has cost {Passwords.Bcrypt.CostOf(hash)}: each wrong password keeps a core busy for seconds or longer");
            }
        }

        return config;
    }

    private static string? CheckUser(string name, string hash)
        => name.Contains(':', StringComparison.Ordinal) ? "a user's name has no colon: basic authentication ends the name there" : Passwords.Bcrypt.Validate(hash);

    private static RateLimitConfig ReadRateLimit(YamlMapping map)
    {
        TimeSpan interval = map.Parse("interval", TimeSpan.Zero, TimeSpan.Zero, static text => GoDuration.Parse(text), "a duration such as 100ms or 1s, or 0");
        int burst = map.Int("burst");
        if (interval < TimeSpan.Zero)
        {
            map.Refuse("interval", "the interval is negative");
        }

        if (burst < 0)
        {
            map.Refuse("burst", "the burst is negative");
        }

        return new RateLimitConfig(interval, burst);
    }
}
