using System.Text;
using Microsoft.Net.Http.Headers;
using Pharos.Server.Access;
using Pharos.Server.Options;

namespace Pharos.Server.Ui;

/// <summary>
/// Answers browsers with the pages and their files. Stands before sign-in: the pages hold nothing but what everybody can download with Pharos,
/// and the one to sign in with is among them.
/// </summary>
internal sealed class StaticUi
{
    private const string Forever = "public, max-age=31536000, immutable";

    private readonly UiAssets _assets;
    private readonly IndexPage? _index;
    private readonly PathString _prefix;
    private readonly Func<IReadOnlyDictionary<string, string>> _headers;

    /// <param name="assets">Without a page every request goes on.</param>
    /// <param name="options">The prefix, and the address under which browsers see it.</param>
    /// <param name="headers">What <c>http_server_config.headers</c> says now.</param>
    public StaticUi(UiAssets assets, WebOptions options, Func<IReadOnlyDictionary<string, string>> headers)
    {
        _assets = assets;
        _prefix = options.RoutePrefix;
        _headers = headers;
        _index = assets.IndexPage is { } page ? new IndexPage(page, BasePath(options)) : null;
    }

    public bool HasPages => _index is not null;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        bool isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (_index is null || !isRead || request.PathBase != _prefix)
        {
            return next(context);
        }

        if (_assets.Find(request.Path.Value ?? "") is { } asset)
        {
            return WriteAssetAsync(context, asset);
        }

        return !UiPaths.IsInterface(request.Path) && ContentEncodings.Accepts(request.Headers.Accept, "text/html")
            ? WritePageAsync(context, _index)
            : next(context);
    }

    /// <summary>A proxy may take off a path that only browsers see: then it is in the external address alone.</summary>
    private static string BasePath(WebOptions options)
        => options.RoutePrefix.Length > 0 ? options.RoutePrefix : options.ExternalUrl?.AbsolutePath.TrimEnd('/') ?? "";

    private async Task WriteAssetAsync(HttpContext context, UiAsset asset)
    {
        HttpResponse response = context.Response;
        ContentEncoding encoding = ContentEncodings.Choose(context.Request.Headers.AcceptEncoding, asset);
        string tag = asset.Tag(encoding);
        SecurityHeaders.Arrange(response, _headers());
        response.Headers.CacheControl = asset.IsImmutable ? Forever : "no-cache";
        response.Headers.ETag = tag;
        if (asset.HasVariants)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
        }

        if (context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (encoding != ContentEncoding.None)
        {
            response.Headers.ContentEncoding = encoding == ContentEncoding.Brotli ? "br" : "gzip";
        }

        response.ContentType = asset.ContentType;
        await using Stream content = asset.Open(encoding);
        response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await content.CopyToAsync(response.Body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task WritePageAsync(HttpContext context, IndexPage index)
    {
        (string page, string policy) = index.Make();
        HttpResponse response = context.Response;
        SecurityHeaders.Arrange(response, _headers());
        response.StatusCode = UiPaths.IsPage(context.Request.Path) ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = HeaderNames.Accept;
        response.ContentType = "text/html; charset=utf-8";
        byte[] body = Encoding.UTF8.GetBytes(page);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
