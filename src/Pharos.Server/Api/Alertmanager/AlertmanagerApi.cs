using Pharos.Alerting.Silencing;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Api.Alertmanager;

/// <summary>Alertmanager's HTTP API, version 2: its paths, and how what goes wrong is answered.</summary>
internal static class AlertmanagerApi
{
    private const string Root = "/api/v2";

    /// <param name="reading">Those who may see.</param>
    /// <param name="editing">Those who may change what people work with.</param>
    /// <param name="ingesting">Those who may hand in alerts.</param>
    /// <param name="alerting">What answers.</param>
    /// <param name="clock">Says what "now" is.</param>
    /// <param name="startTime">When the server started.</param>
    public static void MapAlertmanagerApi(
        IEndpointRouteBuilder reading, IEndpointRouteBuilder editing, IEndpointRouteBuilder ingesting, AlertingPart alerting, TimeProvider clock, DateTimeOffset startTime)
    {
        var alerts = new AlertEndpoints(alerting, clock);
        var groups = new AlertGroupEndpoint(alerting, clock);
        var silences = new SilenceEndpoints(alerting, clock);
        var general = new GeneralEndpoints(alerting, startTime);
        Map(reading, HttpMethods.Get, "alerts", alerts.ListAsync);
        Map(ingesting, HttpMethods.Post, "alerts", alerts.PostAsync);
        Map(reading, HttpMethods.Get, "alerts/groups", groups.ListAsync);
        Map(reading, HttpMethods.Get, "silences", silences.ListAsync);
        Map(editing, HttpMethods.Post, "silences", silences.PostAsync);
        Map(reading, HttpMethods.Get, "silence/{id}", silences.GetAsync);
        Map(editing, HttpMethods.Delete, "silence/{id}", silences.DeleteAsync);
        Map(reading, HttpMethods.Get, "status", general.StatusAsync);
        Map(reading, HttpMethods.Get, "receivers", general.ReceiversAsync);
    }

    private static void Map(IEndpointRouteBuilder routes, string method, string path, Func<HttpContext, Task> answer) =>
        routes.MapMethods($"{Root}/{path}", [method], async context =>
        {
            try
            {
                await answer(context).ConfigureAwait(false);
            }
            catch (ApiV2Exception exception)
            {
                await exception.Error.WriteAsync(context).ConfigureAwait(false);
            }
            catch (SilenceException exception)
            {
                await ApiV2Answer.WriteTextAsync(context, exception.IsNotFound ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, exception.Message)
                    .ConfigureAwait(false);
            }
            catch (IOException exception) when (!context.RequestAborted.IsCancellationRequested)
            {
                await ApiV2Answer.WriteTextAsync(context, StatusCodes.Status500InternalServerError, exception.Message).ConfigureAwait(false);
            }
        });
}
