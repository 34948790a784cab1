using System.Globalization;
using Pharos.Alerting.Notifying;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary><c>p/notifications</c>: what was sent, and what could not be, newest first.</summary>
internal sealed class NotificationsEndpoint(AlertingPart alerting, TimeProvider clock)
{
    private const int DefaultShown = 100;
    private const int MaxShown = 1000;

    public void Map(IEndpointRouteBuilder reading) => reading.MapUi(HttpMethods.Get, "notifications", WriteAsync);

    private Task WriteAsync(HttpContext context)
    {
        string text = context.Request.Query["limit"].ToString();
        if (!int.TryParse(text.Length == 0 ? $"{DefaultShown}" : text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) || limit is 0 or > MaxShown)
        {
            throw new UiRequestException(StatusCodes.Status400BadRequest, $"limit: expected a number from 1 to {MaxShown}");
        }

        IReadOnlyList<SentMessage> messages = alerting.Alertmanager.Notifications.Sent.Newest(limit);
        return UiAnswer.WriteAsync(context, clock, json =>
        {
            json.WriteStartArray("notifications"u8);
            foreach (SentMessage message in messages)
            {
                json.WriteStartObject();
                json.WriteNumber("time"u8, message.Time);
                json.WriteString("receiver"u8, message.Key.Receiver);
                json.WriteString("integration"u8, message.Key.Integration);
                json.WriteLabels("group", message.GroupLabels);
                json.WriteNumber("alerts"u8, message.AlertCount);
                json.WriteString("status"u8, message.IsResolved ? "resolved"u8 : "firing"u8);
                json.WriteBoolean("ok"u8, message.IsDelivered);
                json.WriteNumber("durationMs"u8, (long)message.Duration.TotalMilliseconds);
                json.WriteNumber("attempts"u8, message.Attempts);
                json.WriteIfAny("error", message.Error);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
