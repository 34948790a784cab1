using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pharos.Instrumentation.Exposition;

namespace Pharos.Instrumentation.AspNetCore;

/// <summary>Answers a scraper.</summary>
internal sealed class MetricsEndpoint
{
    private const int FirstBytes = 16 * 1024;

    private readonly MetricRegistry _registry;
    private readonly Lazy<bool> _expected;

    public MetricsEndpoint(MetricRegistry registry, HttpMetrics http, EndpointDataSource endpoints)
    {
        _registry = registry;

        // All routes are mapped by the time somebody asks.
        _expected = new Lazy<bool>(() =>
        {
            http.Expect(endpoints.Endpoints);
            return true;
        });
    }

    public async Task WriteAsync(HttpContext context)
    {
        _ = _expected.Value;
        ExpositionFormat format = ExpositionContentType.Choose(context.Request.Headers.Accept);
        var body = new ArrayBufferWriter<byte>(FirstBytes);
        _registry.Write(body, format);
        context.Response.ContentType = ExpositionContentType.Of(format);
        context.Response.ContentLength = body.WrittenCount;
        context.Response.Headers.Vary = "Accept";
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
