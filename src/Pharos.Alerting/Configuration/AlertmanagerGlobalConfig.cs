using Pharos.Config;
using Pharos.Config.Http;

namespace Pharos.Alerting.Configuration;

/// <summary>What holds for every receiver that does not say otherwise. Of integrations that are not delivered to, only what checking them needs is kept.</summary>
public sealed record AlertmanagerGlobalConfig
{
    /// <summary>After so long without an update an alert without an end is taken as resolved.</summary>
    public TimeSpan ResolveTimeout { get; init; } = TimeSpan.FromMinutes(5);

    public HttpClientConfig Http { get; init; } = new();

    public Secret SlackApiUrl { get; init; }

    public string SlackApiUrlFile { get; init; } = "";

    public Secret SlackAppToken { get; init; }

    public string SlackAppTokenFile { get; init; } = "";

    /// <summary>Where a bot sends its messages.</summary>
    public string SlackAppUrl { get; init; } = "https://slack.com/api/chat.postMessage";

    /// <summary>The names of the fields of other integrations that are set and not empty.</summary>
    internal IReadOnlySet<string> Given { get; init; } = new HashSet<string>();

    /// <summary>Whether one at least of some fields of other integrations is set.</summary>
    internal bool HasAny(params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields)
        {
            if (Given.Contains(field))
            {
                return true;
            }
        }

        return false;
    }
}
