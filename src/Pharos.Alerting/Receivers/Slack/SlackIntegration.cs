using System.Text.Json;
using Pharos.Alerting.Configuration;
using Pharos.Alerting.Templates;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Templating;

namespace Pharos.Alerting.Receivers.Slack;

/// <summary>Sends messages to Slack.</summary>
internal sealed class SlackIntegration(SlackConfig config, NotificationTemplates templates, JsonPoster poster) : IIntegration
{
    public string Kind => config.Kind;

    public int Index => config.Index;

    public bool SendResolved => config.SendResolved;

    public string Channel => config.Channel;

    public string? Unavailable => null;

    public async Task<DeliveryResult> NotifyAsync(NotificationGroup group, IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        SlackRequest request;
        string url;
        try
        {
            Message message = Message.Of(group, alerts, templates.ExternalUrl);
            request = SlackRequest.Build(config, text => templates.Expand(text, message, cancellationToken));
            url = config.ApiUrl.IsEmpty ? AddressFile.Read(config.ApiUrlFile) : config.ApiUrl.Reveal();
        }
        catch (Exception e) when (e is TemplateException or IOException)
        {
            return new DeliveryResult(DeliveryOutcome.Failed, e.Message);
        }

        return await poster.PostAsync(url, request.Json, answer => InChannel(request.Channel, Judge(answer)), cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => poster.Dispose();

    private static DeliveryResult InChannel(string channel, DeliveryResult result) =>
        result.Outcome == DeliveryOutcome.Delivered ? result : result with { Reason = $"channel {GoQuote.Quote(channel)}: {result.Reason}" };

    // Slack says 200 also where it did not take the message: a bot's answer is JSON with "ok", a webhook's is the text "ok".
    private static DeliveryResult Judge(PostedAnswer answer)
    {
        DeliveryResult result = answer.Judge();
        if (result.Outcome != DeliveryOutcome.Delivered)
        {
            return result;
        }

        if (!answer.ContentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return answer.Body == "ok" ? result : Refused($"received an error response from Slack: {PostedAnswer.Shorten(answer.Body)}");
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("ok", out JsonElement ok) && ok.ValueKind == JsonValueKind.True)
            {
                return result;
            }

            string error = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
            return Refused($"error response from Slack: {PostedAnswer.Shorten(error)}");
        }
        catch (JsonException e)
        {
            return new DeliveryResult(
                DeliveryOutcome.Retryable,
                $"could not unmarshal JSON response {GoQuote.Quote(PostedAnswer.Shorten(answer.Body))}: {e.Message}",
                DeliveryFailure.ClientError);
        }
    }

    private static DeliveryResult Refused(string reason) => new(DeliveryOutcome.Failed, reason, DeliveryFailure.ClientError);
}
