using Pharos.Alerting.Configuration;
using Pharos.Alerting.Receivers.Slack;
using Pharos.Alerting.Receivers.Webhook;
using Pharos.Alerting.Templates;

namespace Pharos.Alerting.Receivers;

/// <summary>Makes the receivers that a configuration describes.</summary>
public static class ReceiverBuilder
{
    /// <summary>One receiver for each of the configuration, in its order. What this version cannot deliver to is there all the same and says so.</summary>
    /// <param name="receivers">As configured.</param>
    /// <param name="templates">What their texts are expanded with.</param>
    /// <param name="time">The clock of their time-outs.</param>
    /// <returns>Owned by the caller.</returns>
    public static IReadOnlyList<Receiver> Build(IReadOnlyList<ReceiverConfig> receivers, NotificationTemplates templates, TimeProvider time) =>
        [.. receivers.Select(r => new Receiver(r.Name, r.Labels, [.. r.Integrations.Select(i => Build(i, templates, time))]))];

    private static IIntegration Build(IntegrationConfig config, NotificationTemplates templates, TimeProvider time)
    {
        try
        {
            return config switch
            {
                SlackConfig slack => new SlackIntegration(slack, templates, new JsonPoster(slack.Http, slack.Kind, slack.Timeout, time)),
                WebhookConfig webhook => new WebhookIntegration(webhook, templates, new JsonPoster(webhook.Http, webhook.Kind, webhook.Timeout, time)),
                UnavailableConfig other => new UnavailableIntegration(other, other.Reason),
                _ => new UnavailableIntegration(config, $"{config.Kind} is not available"),
            };
        }
        catch (NotSupportedException e)
        {
            return new UnavailableIntegration(config, $"{config.Kind} is not available: {e.Message}");
        }
    }
}
