using System.Buffers;
using Pharos.Scrape;

namespace Pharos.Server.Api;

/// <summary>The pages of metrics: <c>/metrics</c>, what the server says about itself, and <c>/metrics/host</c>, what it says about its host.</summary>
internal sealed class MetricsEndpoint
{
    private const int FirstBytes = 16 * 1024;

    private readonly IReadOnlyDictionary<string, IExpositionSource> _pages;

    /// <param name="pages">By their paths.</param>
    public MetricsEndpoint(IReadOnlyDictionary<string, IExpositionSource> pages)
    {
        _pages = pages;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach ((string path, IExpositionSource source) in _pages)
        {
            routes.MapGet(path, (HttpContext context) => WriteAsync(source, context));
        }
    }

    private static async Task WriteAsync(IExpositionSource source, HttpContext context)
    {
        var body = new ArrayBufferWriter<byte>(FirstBytes);
        await source.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        context.Response.ContentType = source.ContentType;
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
