using System.Globalization;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Templates;
using Pharos.Core.Contracts;
using Pharos.Templating;

namespace Pharos.Alerting.Receivers.Webhook;

/// <summary>Sends messages as JSON to an address.</summary>
internal sealed class WebhookIntegration(WebhookConfig config, NotificationTemplates templates, JsonPoster poster) : IIntegration
{
    public string Kind => config.Kind;

    public int Index => config.Index;

    public bool SendResolved => config.SendResolved;

    /// <summary>The host alone: paths are often secret.</summary>
    public string Channel { get; } = Uri.TryCreate(config.Url.Reveal(), UriKind.Absolute, out Uri? url) && !url.Host.Contains('{', StringComparison.Ordinal) ? url.Authority : "";

    public string? Unavailable => null;

    public Task<DeliveryResult> NotifyAsync(NotificationGroup group, IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        long truncated = config.MaxAlerts > 0 ? Math.Max(0, alerts.Count - config.MaxAlerts) : 0;
        IReadOnlyList<Alert> told = truncated > 0 ? [.. alerts.Take((int)config.MaxAlerts)] : alerts;
        string what = "failed to template webhook URL";
        try
        {
            Message message = Message.Of(group, told, templates.ExternalUrl);
            string template = config.Url.IsEmpty ? AddressFile.Read(config.UrlFile) : config.Url.Reveal();
            string url = templates.Expand(template, message, cancellationToken);
            what = "failed to render custom payload";
            string json = config.Payload is null ? Write(message, group.Key, truncated) : WebhookPayload.Render(config.Payload, text => templates.Expand(text, message, cancellationToken));
            return url.Length == 0
                ? FailedAsync("webhook URL is empty after templating")
                : poster.PostAsync(url, json, static answer => answer.Judge(), cancellationToken);
        }
        catch (IOException e)
        {
            return FailedAsync($"read url_file: {e.Message}");
        }
        catch (Exception e) when (e is TemplateException or TemplateFunctionException)
        {
            return FailedAsync($"{what}: {e.Message}");
        }
    }

    public void Dispose() => poster.Dispose();

    private static Task<DeliveryResult> FailedAsync(string reason) => Task.FromResult(new DeliveryResult(DeliveryOutcome.Failed, reason));

    private static string Write(Message message, string groupKey, long truncated)
    {
        var json = new GoJsonWriter(int.MaxValue);
        json.Raw("{");
        message.WriteFields(json);
        json.Field("version", "4");
        json.Field("groupKey", groupKey);
        json.Field("truncatedAlerts").Raw(truncated.ToString(CultureInfo.InvariantCulture));
        json.Raw("}\n");
        return json.ToString();
    }
}
