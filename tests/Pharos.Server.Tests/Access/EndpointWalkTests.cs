using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pharos.Access.Tokens;
using Pharos.Core.Contracts;
using Pharos.Server.Access;
using Pharos.State;
using Pharos.Testing;

namespace Pharos.Server.Tests.Access;

/// <summary>Walks every endpoint of the whole server, those that later work adds included.</summary>
public sealed class EndpointWalkTests
{
    private static readonly string[] Flags = ["--web.auth=required", "--web.enable-lifecycle", "--web.enable-admin-api", "--web.enable-remote-write-receiver", "--web.enable-otlp-receiver"];

    /// <summary>What is for more than reading, or for others than readers. A line here is a decision; everything else only reads.</summary>
    private static readonly Dictionary<string, Permissions> BeyondReading = new(StringComparer.Ordinal)
    {
        ["GET /-/quit"] = Permissions.Admin,
        ["GET /-/reload"] = Permissions.Admin,
        ["POST /-/quit"] = Permissions.Admin,
        ["POST /-/reload"] = Permissions.Admin,
        ["PUT /-/quit"] = Permissions.Admin,
        ["PUT /-/reload"] = Permissions.Admin,
        ["POST /api/v1/admin/tsdb/clean_tombstones"] = Permissions.Admin,
        ["POST /api/v1/admin/tsdb/delete_series"] = Permissions.Admin,
        ["POST /api/v1/admin/tsdb/snapshot"] = Permissions.Admin,
        ["PUT /api/v1/admin/tsdb/clean_tombstones"] = Permissions.Admin,
        ["PUT /api/v1/admin/tsdb/delete_series"] = Permissions.Admin,
        ["PUT /api/v1/admin/tsdb/snapshot"] = Permissions.Admin,
        ["POST /api/v1/otlp/v1/metrics"] = Permissions.Ingest,
        ["POST /api/v1/write"] = Permissions.Ingest,
        ["POST /api/v2/alerts"] = Permissions.Ingest,
        ["POST /api/v2/silences"] = Permissions.Edit,
        ["DELETE /api/v2/silence/{id}"] = Permissions.Edit,
        ["POST /api/dashboards/db"] = Permissions.Edit,
        ["DELETE /api/dashboards/uid/{uid}"] = Permissions.Edit,
        ["POST /api/folders"] = Permissions.Edit,
        ["DELETE /api/folders/{uid}"] = Permissions.Edit,
        ["POST /api/pharos/v1/backup"] = Permissions.Admin,
        ["GET /api/pharos/v1/users"] = Permissions.Admin,
        ["POST /api/pharos/v1/users"] = Permissions.Admin,
        ["PATCH /api/pharos/v1/users/{name}"] = Permissions.Admin,
        ["DELETE /api/pharos/v1/users/{name}"] = Permissions.Admin,
        ["GET /api/pharos/v1/tokens"] = Permissions.Admin,
        ["POST /api/pharos/v1/tokens"] = Permissions.Admin,
        ["DELETE /api/pharos/v1/tokens/{name}"] = Permissions.Admin,
    };

    /// <summary>What answers strangers. A line here is a decision: it tells nothing but who may sign in how, and changes nothing without a password.</summary>
    private static readonly HashSet<string> OpenToAll = new(StringComparer.Ordinal)
    {
        "GET /api/health",
        "GET /api/pharos/v1/session",
        "POST /api/pharos/v1/session",
        "DELETE /api/pharos/v1/session",
        "POST /api/pharos/v1/session/password",
        "POST /api/pharos/v1/setup",
    };

    [Fact]
    public async Task Few_endpoints_are_open_to_all()
    {
        await using RunningServer server = await StartAsync();
        IEnumerable<string> open = Routes(server).Where(EndpointPermissions.IsOpenToAll)
            .SelectMany(static endpoint => MethodsOf(endpoint).Select(method => $"{method} {endpoint.RoutePattern.RawText}"));
        Assert.Equal(OpenToAll.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_endpoint_says_who_may_call_it()
    {
        await using RunningServer server = await StartAsync();
        Dictionary<string, Permissions> found = [];
        foreach (RouteEndpoint endpoint in Routes(server))
        {
            Assert.True(endpoint.Metadata.GetMetadata<PermissionRequirement>() is not null, $"{endpoint.RoutePattern.RawText} has no RequirePermission");
            foreach (string method in MethodsOf(endpoint))
            {
                found[$"{method} {endpoint.RoutePattern.RawText}"] = EndpointPermissions.NeededBy(endpoint);
            }
        }

        Assert.Equal(
            BeyondReading.OrderBy(static line => line.Key, StringComparer.Ordinal),
            found.Where(static line => line.Value != Permissions.Read).OrderBy(static line => line.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_endpoint_is_shut_to_who_says_nothing()
    {
        await using RunningServer server = await StartAsync();
        foreach ((HttpMethod method, string path) in Requests(server))
        {
            bool isOpen = path is "/-/healthy" or "/-/ready" && (method == HttpMethod.Get || method == HttpMethod.Head);
            HttpStatusCode status = (await server.SendAsync(method, path)).StatusCode;
            if (OpenToAll.Contains($"{method} {path}"))
            {
                continue;
            }

            Assert.Equal((method, path, isOpen ? HttpStatusCode.OK : HttpStatusCode.Unauthorized), (method, path, status));
        }
    }

    [Theory]
    [InlineData(TokenScope.Read)]
    [InlineData(TokenScope.Ingest)]
    public async Task Every_endpoint_is_shut_to_a_token_of_another_scope(TokenScope scope)
    {
        var folder = new TempFolder();
        using var documents = new FileDocumentStore(DataFolders.State(folder.File("data")), TimeProvider.System);
        (_, string token) = await new TokenStore(documents, TimeProvider.System).CreateAsync("walker", scope, null, TestContext.Current.CancellationToken);
        await using RunningServer server = await RunningServer.StartAsync(folder, Flags);
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Permissions own = scope == TokenScope.Read ? Permissions.Read : Permissions.Ingest;
        foreach (RouteEndpoint endpoint in Routes(server).Where(endpoint => EndpointPermissions.NeededBy(endpoint) != own && !EndpointPermissions.IsOpenToAll(endpoint)))
        {
            foreach (string method in MethodsOf(endpoint))
            {
                string path = PathOf(endpoint);
                if (path is "/-/healthy" or "/-/ready")
                {
                    continue;
                }

                HttpStatusCode status = (await server.SendAsync(new HttpMethod(method), path)).StatusCode;
                Assert.Equal((method, path, HttpStatusCode.Forbidden), (method, path, status));
            }
        }
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(Flags);

    private static IEnumerable<RouteEndpoint> Routes(RunningServer server)
    {
        Assert.All(server.Server.Endpoints, static endpoint => Assert.IsType<RouteEndpoint>(endpoint));
        Assert.True(server.Server.Endpoints.Count > 20);
        return server.Server.Endpoints.OfType<RouteEndpoint>();
    }

    private static IEnumerable<(HttpMethod Method, string Path)> Requests(RunningServer server)
        => Routes(server).SelectMany(static endpoint => MethodsOf(endpoint).Select(method => (new HttpMethod(method), PathOf(endpoint))));

    private static IReadOnlyList<string> MethodsOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    /// <summary>With something in the place of parameters.</summary>
    private static string PathOf(RouteEndpoint endpoint)
        => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(static segment => segment.IsSimple && segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "x"));
}
