using System.Net;
using System.Text;

namespace Pharos.Server.Api;

/// <summary>The root for whoever does not accept HTML, and for browsers when the server was built without its pages: what this is and where its answers are.</summary>
internal sealed class HomePage
{
    private static readonly (string Path, string Text)[] Links =
    [
        ("api/v1/query?query=up", "a query: which targets are up"),
        ("api/v1/targets", "the targets and why some of them fail"),
        ("api/v1/label/__name__/values", "the names of all metrics"),
        ("api/v1/status/tsdb", "what the store holds"),
        ("api/v1/status/config", "the configuration that runs"),
        ("api/v1/status/flags", "the flags"),
        ("api/v1/status/runtimeinfo", "the process"),
        ("metrics", "the server's own metrics"),
        ("-/healthy", "health"),
        ("-/ready", "readiness"),
    ];

    private readonly string _title;
    private readonly string _pages;

    public HomePage(string title, bool hasPages)
    {
        _title = title;
        _pages = hasPages
            ? "A browser gets its pages here."
            : "It was built without its pages: node 20 with npm was missing. Install it and run ./build again.";
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", WriteAsync);

    private async Task WriteAsync(HttpContext context)
    {
        string title = WebUtility.HtmlEncode(_title);
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(title).Append("</title>\n");
        page.Append("<style>body{font:16px/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}code{background:#eee;padding:.1rem .3rem}</style>");
        page.Append("</head>\n<body><h1>").Append(title).Append("</h1>\n<p>Pharos ").Append(WebUtility.HtmlEncode(BuildInfo.Version));
        page.Append(" answers Prometheus' HTTP API. ").Append(_pages).Append("</p>\n<ul>\n");
        foreach ((string path, string text) in Links)
        {
            page.Append("<li><a href=\"").Append(context.Request.PathBase).Append('/').Append(path).Append("\"><code>/").Append(path).Append("</code></a> ");
            page.Append(text).Append("</li>\n");
        }

        page.Append("</ul></body></html>\n");
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        await context.Response.WriteAsync(page.ToString(), context.RequestAborted).ConfigureAwait(false);
    }
}
