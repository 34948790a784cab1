using Pharos.Server.Http;

namespace Pharos.Server.Api;

/// <summary>The two paths that load balancers and orchestrators ask, open to everybody. The words are upstream's, since scripts look for them.</summary>
internal static class HealthEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/-/healthy", Methods, static context => PlainText.WriteAsync(context, "Prometheus Server is Healthy.\n"));
        routes.MapMethods("/-/ready", Methods, static context => PlainText.WriteAsync(context, "Prometheus Server is Ready.\n"));
    }
}
