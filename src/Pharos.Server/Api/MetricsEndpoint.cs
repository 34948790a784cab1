using System.Buffers;
using Pharos.Server.Metrics;

namespace Pharos.Server.Api;

/// <summary><c>/metrics</c>: what the server says about itself.</summary>
internal sealed class MetricsEndpoint
{
    private readonly MetricRegistry _registry;

    public MetricsEndpoint(MetricRegistry registry)
    {
        _registry = registry;
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", WriteAsync);

    private async Task WriteAsync(HttpContext context)
    {
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        _registry.Write(body);
        context.Response.ContentType = MetricRegistry.ContentType;
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
