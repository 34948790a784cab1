using Pharos.Alerting.Receivers;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Alertmanager;

/// <summary><c>/api/v2/status</c> and <c>/api/v2/receivers</c>.</summary>
internal sealed class GeneralEndpoints(AlertingPart alerting, DateTimeOffset startTime)
{
    public Task StatusAsync(HttpContext context) => ApiV2Answer.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("cluster"u8);
        json.WriteTexts("peers", []);
        json.WriteString("status"u8, "disabled"u8);
        json.WriteEndObject();
        json.WriteStartObject("config"u8);
        json.WriteString("original"u8, alerting.Alertmanager.Current.File.Text);
        json.WriteEndObject();
        json.WriteTime("uptime", startTime.ToUnixTimeMilliseconds());
        json.WriteStartObject("versionInfo"u8);
        json.WriteString("branch"u8, "");
        json.WriteString("buildDate"u8, "");
        json.WriteString("buildUser"u8, "");
        json.WriteString("goVersion"u8, BuildInfo.Runtime);
        json.WriteString("revision"u8, BuildInfo.Revision);
        json.WriteString("version"u8, BuildInfo.AlertmanagerApiVersion);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public Task ReceiversAsync(HttpContext context)
    {
        var parameters = new ApiV2Parameters(context.Request);
        IReadOnlyList<Receiver> receivers = alerting.Alertmanager.Current.Receivers;
        return ApiV2Answer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray();
            foreach (Receiver receiver in receivers.Where(parameters.Wants))
            {
                json.WriteStartObject();
                json.WriteStartObject("labels"u8);
                foreach ((string name, string value) in receiver.Labels)
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
                json.WriteString("name"u8, receiver.Name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
