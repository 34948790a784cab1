using Microsoft.AspNetCore.Http;
using Pharos.Server.Options;
using Pharos.Server.Ui;

namespace Pharos.Server.Tests.Ui;

/// <summary>The pages here are the few small files in Ui/Pages, which this assembly embeds as the server's embeds the built ones.</summary>
public sealed class StaticUiTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/alerts", 200)]
    [InlineData("/d/abc/host", 200)]
    [InlineData("/graph", 200)]
    [InlineData("/nothing/here", 404)]
    public async Task A_browser_gets_the_page_at_every_address_that_is_for_people(string path, int status)
    {
        HttpContext context = await AskAsync(path, accept: Browser);
        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", context.Response.ContentType);
        Assert.Contains("<div id=\"root\">", Body(context), StringComparison.Ordinal);
        Assert.Equal("no-store", context.Response.Headers.CacheControl);
    }

    [Theory]
    [InlineData("/", "*/*")]
    [InlineData("/", "application/json")]
    [InlineData("/", "text/html;q=0")]
    [InlineData("/rules", "")]
    [InlineData("/metrics", Browser)]
    [InlineData("/api/v1/query", Browser)]
    [InlineData("/-/ready", Browser)]
    [InlineData("/assets/none.js", Browser)]
    [InlineData("/index.html.br", "*/*")]
    public async Task Everything_else_goes_on(string path, string accept)
        => Assert.Equal(StatusCodes.Status418ImATeapot, (await AskAsync(path, accept)).Response.StatusCode);

    [Fact]
    public async Task What_changes_something_goes_on()
        => Assert.Equal(StatusCodes.Status418ImATeapot, (await AskAsync("/alerts", Browser, method: "POST")).Response.StatusCode);

    [Fact]
    public async Task A_file_with_a_hash_in_its_name_is_kept_forever()
    {
        HttpContext context = await AskAsync("/assets/app-12345678.js");
        Assert.Equal("public, max-age=31536000, immutable", context.Response.Headers.CacheControl);
        Assert.Equal("text/javascript; charset=utf-8", context.Response.ContentType);
        Assert.Equal("plain\n", Body(context));
        Assert.Equal(6, context.Response.ContentLength);
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br", "brotli\n")]
    [InlineData("gzip", "gzip", "gzipped\n")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip", "gzipped\n")]
    [InlineData("identity", "", "plain\n")]
    public async Task The_form_is_the_smallest_that_both_sides_know(string accepted, string encoding, string content)
    {
        HttpContext context = await AskAsync("/assets/app-12345678.js", encodings: accepted);
        Assert.Equal(encoding, context.Response.Headers.ContentEncoding.ToString());
        Assert.Equal(content, Body(context));
        Assert.Equal("Accept-Encoding", context.Response.Headers.Vary);
    }

    [Fact]
    public async Task A_file_that_did_not_change_is_not_sent_again_and_each_form_has_its_own_tag()
    {
        HttpContext first = await AskAsync("/favicon.svg");
        string tag = first.Response.Headers.ETag.ToString();
        Assert.Equal("no-cache", first.Response.Headers.CacheControl);

        HttpContext again = await AskAsync("/favicon.svg", ifNoneMatch: tag);
        Assert.Equal(StatusCodes.Status304NotModified, again.Response.StatusCode);
        Assert.Empty(Body(again));

        string plain = (await AskAsync("/assets/app-12345678.js")).Response.Headers.ETag.ToString();
        string small = (await AskAsync("/assets/app-12345678.js", encodings: "br")).Response.Headers.ETag.ToString();
        Assert.NotEqual(plain, small);
    }

    [Fact]
    public async Task A_head_request_has_the_length_and_no_body()
    {
        HttpContext context = await AskAsync("/assets/app-12345678.js", method: "HEAD");
        Assert.Equal(6, context.Response.ContentLength);
        Assert.Empty(Body(context));
    }

    [Fact]
    public async Task Only_the_pages_own_scripts_and_styles_count()
    {
        HttpContext first = await AskAsync("/", Browser);
        string policy = first.Response.Headers.ContentSecurityPolicy.ToString();

        // echo -n "theme()" | openssl dgst -sha256 -binary | base64
        Assert.Contains("script-src 'self' 'sha256-Rfr3GgHZFiXm+TmNr+li+0sZ4J9FGllo8jsXcJF5XZ8='", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("__NONCE__", policy + Body(first), StringComparison.Ordinal);
        string nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        Assert.Contains($"content=\"{nonce}\"", Body(first), StringComparison.Ordinal);
        Assert.DoesNotContain(nonce, (await AskAsync("/", Browser)).Response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/prom", null, "/prom/")]
    [InlineData("", "https://proxy.example/pharos/", "/pharos/")]
    [InlineData("", null, "/")]
    public async Task The_page_knows_behind_which_path_it_stands(string prefix, string? external, string expected)
    {
        HttpContext context = await AskAsync("/", Browser, prefix: prefix, external: external);
        Assert.Contains($"<base href=\"{expected}\"", Body(context), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_of_the_prefix_there_is_no_page()
    {
        DefaultHttpContext context = MakeContext("/", Browser, "GET", "", "");
        await Ui("/prom", null).InvokeAsync(context, Next);
        Assert.Equal(StatusCodes.Status418ImATeapot, context.Response.StatusCode);
    }

    [Fact]
    public async Task A_server_that_was_built_without_pages_lets_everything_go_on()
    {
        var ui = new StaticUi(new UiAssets(typeof(object).Assembly), Options("", null), static () => new Dictionary<string, string>());
        DefaultHttpContext context = MakeContext("/", Browser, "GET", "", "");
        await ui.InvokeAsync(context, Next);
        Assert.False(ui.HasPages);
        Assert.Equal(StatusCodes.Status418ImATeapot, context.Response.StatusCode);
    }

    private static async Task<HttpContext> AskAsync(
        string path, string accept = "*/*", string method = "GET", string encodings = "", string ifNoneMatch = "", string prefix = "", string? external = null)
    {
        DefaultHttpContext context = MakeContext(path, accept, method, encodings, ifNoneMatch);
        context.Request.PathBase = prefix;
        await Ui(prefix, external).InvokeAsync(context, Next);
        return context;
    }

    private static DefaultHttpContext MakeContext(string path, string accept, string method, string encodings, string ifNoneMatch)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.Headers.Accept = accept;
        context.Request.Headers.AcceptEncoding = encodings;
        context.Request.Headers.IfNoneMatch = ifNoneMatch;
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static StaticUi Ui(string prefix, string? external)
        => new(new UiAssets(typeof(StaticUiTests).Assembly), Options(prefix, external), static () => new Dictionary<string, string>());

    private static WebOptions Options(string prefix, string? external)
    {
        string[] flags = external is null ? ["--web.route-prefix=/" + prefix.Trim('/')] : ["--web.route-prefix=/" + prefix.Trim('/'), "--web.external-url=" + external];
        return ServerOptionsReader.Read(flags).Web;
    }

    private static Task Next(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status418ImATeapot;
        return Task.CompletedTask;
    }

    private static string Body(HttpContext context) => System.Text.Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
}
