namespace Pharos.Server.Api;

/// <summary>The part of Prometheus' HTTP API that asks for samples, series and labels.</summary>
internal static class PrometheusApi
{
    private static readonly string[] GetOrPost = [HttpMethods.Get, HttpMethods.Post];

    /// <summary>Adds the routes.</summary>
    public static void MapPrometheusApi(this IEndpointRouteBuilder routes, PrometheusApiServices services)
    {
        var query = new QueryEndpoints(services);
        Map(routes, GetOrPost, "/api/v1/query", query.InstantAsync);
        Map(routes, GetOrPost, "/api/v1/query_range", query.RangeAsync);
        Map(routes, GetOrPost, "/api/v1/format_query", query.FormatAsync);
        Map(routes, GetOrPost, "/api/v1/parse_query", query.ParseAsync);
        var series = new SeriesEndpoints(services);
        Map(routes, GetOrPost, "/api/v1/series", series.SeriesAsync);
        Map(routes, GetOrPost, "/api/v1/labels", series.LabelNamesAsync);
        Map(routes, [HttpMethods.Get], "/api/v1/label/{name}/values", series.LabelValuesAsync);
    }

    /// <summary>Adds a route whose wrong parameters are answered as upstream does.</summary>
    public static void Map(IEndpointRouteBuilder routes, string[] methods, string path, Func<HttpContext, RequestParameters, Task> answer) =>
        routes.MapMethods(path, methods, async context =>
        {
            try
            {
                RequestParameters parameters = await RequestParameters.ReadAsync(context).ConfigureAwait(false);
                await answer(context, parameters).ConfigureAwait(false);
            }
            catch (ApiParameterException e)
            {
                await ApiResponse.WriteErrorAsync(context, ApiErrorType.BadData, e.Message).ConfigureAwait(false);
            }
        });
}
