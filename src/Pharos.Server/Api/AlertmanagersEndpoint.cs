using System.Text.Json;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/alertmanagers</c>. Nothing is sent to Alertmanagers outside yet: where some are configured, the endpoint says so.</summary>
internal sealed class AlertmanagersEndpoint(ActiveConfig config)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/alertmanagers", WriteAsync);

    private Task WriteAsync(HttpContext context) => config.HasAlertmanagers
        ? NotYetSupported.WriteAsync(context, "alerts are not sent to Alertmanagers")
        : ApiResponse.WriteSuccessAsync(context, WriteNone);

    private static void WriteNone(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("activeAlertmanagers"u8);
        json.WriteEndArray();
        json.WriteStartArray("droppedAlertmanagers"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
