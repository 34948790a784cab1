using System.Text.Json;
using Pharos.Alerting;
using Pharos.Alerting.Alerts;
using Pharos.Alerting.Receivers;
using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Alertmanager;

/// <summary><c>/api/v2/alerts</c>.</summary>
internal sealed class AlertEndpoints(AlertingPart alerting, TimeProvider clock)
{
    private const string Body = "alerts";

    public Task ListAsync(HttpContext context)
    {
        Pharos.Alerting.Alertmanager alertmanager = alerting.Alertmanager;
        ActiveAlertmanager current = alertmanager.Current;
        var parameters = new ApiV2Parameters(context.Request);
        var query = new AlertQuery(parameters, alertmanager, clock.GetUtcNow().ToUnixTimeMilliseconds());
        Dictionary<string, Receiver> byName = current.Receivers.ToDictionary(static receiver => receiver.Name, StringComparer.Ordinal);
        var found = new List<(StoredAlert Alert, AlertStatus Status, string[] Receivers)>();
        foreach (StoredAlert alert in alertmanager.Alerts.GetAll())
        {
            string[] receivers = [.. current.Root.Match(alert.Labels).Select(static route => route.Options.Receiver)];
            if (Array.Exists(receivers, name => parameters.Wants(byName[name])) && query.Judge(alert) is { } status)
            {
                found.Add((alert, status, receivers));
            }
        }

        found.Sort(static (x, y) => x.Alert.Fingerprint.CompareTo(y.Alert.Fingerprint));
        return ApiV2Answer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            foreach ((StoredAlert alert, AlertStatus status, string[] receivers) in found)
            {
                AlertJson.Write(json, alert, status, receivers, []);
            }

            json.WriteEndArray();
        });
    }

    public async Task PostAsync(HttpContext context)
    {
        IReadOnlyList<Alert> alerts;
        using (JsonDocument document = await ApiV2Body.ReadAsync(context, Body).ConfigureAwait(false))
        {
            alerts = Read(document.RootElement);
        }

        try
        {
            IReadOnlyList<string> errors = alerting.Alertmanager.Post(alerts);
            if (errors.Count > 0)
            {
                await ApiV2Answer.WriteTextAsync(context, StatusCodes.Status400BadRequest, string.Join('\n', errors)).ConfigureAwait(false);
            }
        }
        catch (AlertStoreFullException exception)
        {
            await ApiV2Answer.WriteTextAsync(context, StatusCodes.Status500InternalServerError, exception.Message).ConfigureAwait(false);
        }
    }

    private static List<Alert> Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            throw ApiV2Body.Mismatch(Body, "the body", "an array of alerts");
        }

        var alerts = new List<Alert>(root.GetArrayLength());
        foreach (JsonElement element in root.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                throw ApiV2Body.Mismatch(Body, $"{alerts.Count}", "an object");
            }

            Labels labels = ApiV2Body.Labels(element, "labels", Body);
            if (!ApiV2Body.TryGet(element, "labels", out _))
            {
                throw new ApiV2Exception(ApiV2Error.Validation(ApiV2Error.Required, $"{alerts.Count}.labels in body is required"));
            }

            string url = ApiV2Body.OptionalText(element, "generatorURL", Body);
            if (url.Length > 0 && !url.StartsWith('/') && !Uri.TryCreate(url, UriKind.Absolute, out _))
            {
                throw new ApiV2Exception(ApiV2Error.Validation(ApiV2Error.WrongType, $"{alerts.Count}.generatorURL in body must be of type uri: {GoQuote.Quote(url)}"));
            }

            alerts.Add(new Alert(
                labels, ApiV2Body.Labels(element, "annotations", Body), ApiV2Body.OptionalTime(element, "startsAt", Body), ApiV2Body.OptionalTime(element, "endsAt", Body), url));
        }

        return alerts;
    }
}
