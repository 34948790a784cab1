using System.Text.Json;
using Pharos.Alerting.Forwarding;

namespace Pharos.Server.Api;

/// <summary><c>/api/v1/alertmanagers</c>: the configured Alertmanagers that were found; an address that is this server's own stands for the one inside.</summary>
internal sealed class AlertmanagersEndpoint(AlertForwarder forwarder)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/alertmanagers", WriteAsync);

    private Task WriteAsync(HttpContext context) => ApiResponse.WriteSuccessAsync(context, json =>
    {
        json.WriteStartObject();
        WriteAddresses(json, "activeAlertmanagers", forwarder.Active);
        WriteAddresses(json, "droppedAlertmanagers", forwarder.Dropped);
        json.WriteEndObject();
    });

    private static void WriteAddresses(Utf8JsonWriter json, string name, IReadOnlyList<string> addresses)
    {
        json.WriteStartArray(name);
        foreach (string address in addresses)
        {
            json.WriteStartObject();
            json.WriteString("url"u8, address);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
