using Pharos.Core.Contracts;
using Pharos.Dashboards;

namespace Pharos.Server.Api.Grafana;

/// <summary>Maps routes whose errors are written as Grafana's.</summary>
internal static class GrafanaRoutes
{
    public static IEndpointConventionBuilder MapGrafana(this IEndpointRouteBuilder routes, string method, string path, Func<HttpContext, Task> answer) =>
        routes.MapMethods(path, [method], context => AnswerAsync(context, answer));

    private static async Task AnswerAsync(HttpContext context, Func<HttpContext, Task> answer)
    {
        try
        {
            await answer(context).ConfigureAwait(false);
        }
        catch (GrafanaException e)
        {
            await GrafanaAnswer.WriteErrorAsync(context, e.StatusCode, e.Message, e.Status).ConfigureAwait(false);
        }
        catch (JsonBodyException e)
        {
            await GrafanaAnswer.WriteErrorAsync(context, e.StatusCode, e.StatusCode == StatusCodes.Status400BadRequest ? $"bad request data: line {e.Line}, column {e.Column}" : e.Message).ConfigureAwait(false);
        }
        catch (DashboardException e)
        {
            await GrafanaAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, e.Message).ConfigureAwait(false);
        }
        catch (DocumentConflictException)
        {
            await GrafanaAnswer.WriteErrorAsync(
                context, StatusCodes.Status412PreconditionFailed, "The dashboard has been changed by someone else", "version-mismatch").ConfigureAwait(false);
        }
        catch (DocumentStoreException e)
        {
            await GrafanaAnswer.WriteErrorAsync(context, StatusCodes.Status500InternalServerError, e.Message).ConfigureAwait(false);
        }
    }
}
