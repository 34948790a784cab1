using System.Text.Json;
using Pharos.Alerting.Matchers;
using Pharos.Core.Labels;
using Pharos.Server.Api.Alertmanager;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Ui.Alerts;

/// <summary><c>p/silences/preview</c>: what a silence with these matchers would hide now, and how many messages it would have kept back in the last week.</summary>
internal sealed class SilencePreviewEndpoint(AlertingPart alerting, UiAlertSource source, TimeProvider clock)
{
    private const int MaxShown = 1000;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public void Map(IEndpointRouteBuilder reading) => reading.MapUi(HttpMethods.Post, "silences/preview", WriteAsync);

    private async Task WriteAsync(HttpContext context)
    {
        IReadOnlyList<AlertMatcher> matchers = await ReadAsync(context).ConfigureAwait(false);
        ILookup<bool, UiAlert> alerts = source.GetAll().Where(static alert => alert.State != UiAlertState.Resolved).ToLookup(alert => matchers.Matches(alert.Labels));
        long since = source.Now - (long)Week.TotalMilliseconds;
        int messages = alerting.Alertmanager.Notifications.Sent.Where(
            message => message.Time >= since && message.IsDelivered && message.Alerts.All(alert => matchers.Matches(alert.Labels)), int.MaxValue).Count;
        await UiAnswer.WriteAsync(context, clock, json =>
        {
            UiAlert[] hides = [.. alerts[true].Take(MaxShown)];
            UiAlert[] keeps = [.. alerts[false].Take(MaxShown)];
            json.WriteAlerts("hides", hides);
            json.WriteAlerts("keeps", keeps);
            json.WriteNumber("messagesLastWeek"u8, messages);
            json.WriteLimited(hides.Length + keeps.Length, alerts[true].Count() + alerts[false].Count());
        }).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<AlertMatcher>> ReadAsync(HttpContext context)
    {
        try
        {
            using JsonDocument body = await ApiV2Body.ReadAsync(context, "matchers").ConfigureAwait(false);
            if (body.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new UiRequestException(StatusCodes.Status400BadRequest, "the body is no JSON object");
            }

            IReadOnlyList<AlertMatcher> matchers = SilenceEndpoints.ReadMatchers(body.RootElement);
            return matchers.All(static matcher => LabelName.IsUtf8(matcher.Name))
                ? matchers
                : throw new UiRequestException(StatusCodes.Status400BadRequest, "a matcher has no name of a label");
        }
        catch (ApiV2Exception exception)
        {
            throw new UiRequestException(StatusCodes.Status400BadRequest, "the matchers cannot be read") { Cause = exception.Message };
        }
    }
}
