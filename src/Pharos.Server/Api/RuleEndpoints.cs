using System.Text.Json;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api;

/// <summary>
/// <c>/api/v1/rules</c>, <c>/alerts</c> and <c>/alertmanagers</c>. Rules are not evaluated yet: without rule files the empty answer is true, with them
/// it would not be, and the endpoints say so.
/// </summary>
internal sealed class RuleEndpoints
{
    private readonly ActiveConfig _config;

    public RuleEndpoints(ActiveConfig config)
    {
        _config = config;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/rules", context => WriteAsync(context, _config.HasRules, "the rules are loaded and not evaluated", "groups"));
        routes.MapGet("/api/v1/alerts", context => WriteAsync(context, _config.HasRules, "the alerting rules are loaded and not evaluated", "alerts"));
        routes.MapGet("/api/v1/alertmanagers", context =>
            WriteAsync(context, _config.HasAlertmanagers, "alerts are not sent to Alertmanagers", "activeAlertmanagers", "droppedAlertmanagers"));
    }

    private static Task WriteAsync(HttpContext context, bool isConfigured, string notYet, params string[] emptyLists) =>
        isConfigured ? NotYetSupported.WriteAsync(context, notYet) : ApiResponse.WriteSuccessAsync(context, json => WriteEmpty(json, emptyLists));

    private static void WriteEmpty(Utf8JsonWriter json, string[] emptyLists)
    {
        json.WriteStartObject();
        foreach (string name in emptyLists)
        {
            json.WriteStartArray(name);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
