using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Pharos.Access.Passwords;
using Pharos.Core.Contracts;
using Pharos.Server.Access;
using Pharos.Server.Api.Ui;
using Pharos.Server.Http;
using Pharos.Server.Logging;
using Pharos.Server.Metrics;
using Pharos.Server.Options;
using Pharos.State;
using Pharos.Testing;

namespace Pharos.Server.Tests.Access;

/// <summary>A real server on a free port of 127.0.0.1 behind the real door, with one endpoint for each permission.</summary>
internal sealed class AccessHost : IAsyncDisposable
{
    private readonly MemoryStream _log = new();
    private readonly LoggerFactory _loggers;
    private readonly FileDocumentStore _documents;
    private readonly WebOptions _webOptions;
    private readonly WebServer _web;

    private AccessHost(TempFolder folder, string[] flags)
    {
        Clock = new ManualTimeProvider();
        _loggers = new LoggerFactory(
            [new SlogLoggerProvider(new LogSink(_log, LogFormat.Logfmt, LogLevel.Trace, Clock))], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        _documents = new FileDocumentStore(folder.File("data/state"), Clock);
        _webOptions = ServerOptionsReader.Read(["--web.listen-address=127.0.0.1:0", .. flags]).Web;
        Access = PharosAccess.Open(_webOptions, folder.File("data"), _documents, Clock, _loggers, new PasswordHasher(iterations: 10));
        _web = WebServer.Create(_webOptions, _loggers, TimeProvider.System, listener => listener.UseWebConfig(Access.WebConfig), Build);
    }

    public ManualTimeProvider Clock { get; }

    public PharosAccess Access { get; }

    /// <summary>With the chosen port.</summary>
    public Uri Address => new(_web.Addresses[0]);

    /// <summary>All that was logged so far, from the finest level on.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return Encoding.UTF8.GetString(_log.ToArray());
            }
        }
    }

    public static async Task<AccessHost> StartAsync(TempFolder folder, params string[] flags)
    {
        var host = new AccessHost(folder, flags);
        await host._web.StartAsync(CancellationToken.None);
        return host;
    }

    public HttpClient Client(AuthenticationHeaderValue? authorization = null, SocketsHttpHandler? handler = null)
    {
        var client = new HttpClient(handler ?? new SocketsHttpHandler()) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = authorization;
        return client;
    }

    public async Task<HttpClient> TokenClientAsync(TokenScope scope)
    {
        (_, string text) = await Access.Tokens.CreateAsync($"{scope}", scope, null, CancellationToken.None);
        return Client(new AuthenticationHeaderValue("Bearer", text));
    }

    public async Task<HttpClient> UserClientAsync(string name, Role role, string password)
    {
        await Access.Users.AddAsync(name, role, password, CancellationToken.None);
        return Client(Basic(name, password));
    }

    public static AuthenticationHeaderValue Basic(string name, string password)
        => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        Access.Dispose();
        _documents.Dispose();
        _loggers.Dispose();
    }

    private void Build(WebApplication application)
    {
        application.Use(new RequestLoop(new HttpMetrics(), Clock, _loggers.CreateLogger<RequestLoop>()).InvokeAsync);
        application.UsePharosAccess(Access, Clock);
        RouteGroupBuilder reading = application.MapGroup("").RequirePermission(Permissions.Read);
        RouteGroupBuilder administering = application.MapGroup("").RequirePermission(Permissions.Admin);
        new SessionEndpoints(Access, _webOptions, Clock).Map(reading);
        new UserEndpoints(Access, Clock).Map(administering);
        new TokenEndpoints(Access, Clock).Map(administering);
        application.MapGet("/-/healthy", static context => context.Response.WriteAsync("healthy"));
        application.MapGet("/-/ready", static context => context.Response.WriteAsync("ready"));
        Map(application, "/read").RequirePermission(Permissions.Read);
        Map(application, "/edit").RequirePermission(Permissions.Edit);
        Map(application, "/ingest").RequirePermission(Permissions.Ingest);
        Map(application, "/admin").RequirePermission(Permissions.Admin);
        Map(application, "/unmarked");
        RouteGroupBuilder group = application.MapGroup("/group").RequirePermission(Permissions.Read);
        Map(group, "/inherited");
        Map(group, "/own").RequirePermission(Permissions.Admin);
        application.MapGet("/fails", static _ => throw new InvalidOperationException("on purpose")).RequirePermission(Permissions.Read);
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes, string path)
        => routes.MapMethods(path, ["GET", "POST", "PUT"], static context => context.Response.WriteAsync(context.GetCaller()!.ToString()));
}
