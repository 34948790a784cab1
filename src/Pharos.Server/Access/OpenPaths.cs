namespace Pharos.Server.Access;

/// <summary>What everybody may ask, since load balancers and orchestrators do. The answers say nothing but that.</summary>
internal static class OpenPaths
{
    public static bool Contains(HttpRequest request)
        => request.Path.Value is "/-/healthy" or "/-/ready" && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
}
