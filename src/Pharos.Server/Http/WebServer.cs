using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Pharos.Server.Options;

namespace Pharos.Server.Http;

/// <summary>Kestrel with nothing around it but routing. Made with all routes known; started once, stopped once.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    // As Go's server: a request's head of more than 1 MiB is refused.
    private const int MaxHeadBytes = 1024 * 1024;

    // Bodies are read as they come; what one endpoint may hold in memory it limits itself, further down.
    private const long MaxBodyBytes = 64L * 1024 * 1024;

    private readonly WebApplication _application;
    private readonly WebOptions _options;

    private WebServer(WebApplication application, WebOptions options)
    {
        _application = application;
        _options = options;
    }

    /// <summary>The addresses that are bound, with the ports that were chosen.</summary>
    public IReadOnlyList<string> Addresses =>
        [.. _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>Everything that can be routed to.</summary>
    public IReadOnlyList<Endpoint> Endpoints => [.. ((IEndpointRouteBuilder)_application).DataSources.SelectMany(static source => source.Endpoints)];

    /// <param name="options">Where to listen and what to allow.</param>
    /// <param name="loggers">For the framework's own words.</param>
    /// <param name="clock">The clock of the server.</param>
    /// <param name="configureListener">Sets the protocols of a listener, TLS included.</param>
    /// <param name="build">Adds the steps and the routes.</param>
    /// <exception cref="ListenException">The name of an address cannot be resolved.</exception>
    public static WebServer Create(WebOptions options, ILoggerFactory loggers, TimeProvider clock, Action<ListenOptions> configureListener, Action<WebApplication> build)
    {
        IReadOnlyList<(ListenAddress Address, IReadOnlyList<IPAddress> Resolved)> listeners = [.. options.ListenAddresses.Select(Resolve)];
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "pharos" });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            SetLimits(kestrel, options);
            foreach ((ListenAddress address, IReadOnlyList<IPAddress> resolved) in listeners)
            {
                Listen(kestrel, address, resolved, configureListener);
            }
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        WebApplication application = builder.Build();
        build(application);
        return new WebServer(application, options);
    }

    /// <summary>Binds the addresses and answers from then on.</summary>
    /// <exception cref="ListenException">An address cannot be bound.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or AddressInUseException or InvalidOperationException)
        {
            throw new ListenException($"cannot listen on {string.Join(", ", _options.ListenAddresses)}: {Innermost(exception).Message}", exception);
        }
    }

    /// <summary>Refuses new requests and waits for those under way until the token is set, then cuts them.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _application.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void SetLimits(KestrelServerOptions kestrel, WebOptions options)
    {
        kestrel.AddServerHeader = false;
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = options.MaxConnections;
        limits.MaxRequestBufferSize = MaxHeadBytes;
        limits.MaxRequestLineSize = MaxHeadBytes;
        limits.MaxRequestHeadersTotalSize = MaxHeadBytes;
        limits.MaxRequestBodySize = MaxBodyBytes;
        limits.RequestHeadersTimeout = options.ReadTimeout;
        limits.KeepAliveTimeout = options.ReadTimeout;
    }

    private static (ListenAddress Address, IReadOnlyList<IPAddress> Resolved) Resolve(ListenAddress address)
    {
        try
        {
            return (address, address.IsAny ? [] : address.Resolve());
        }
        catch (SocketException exception)
        {
            throw new ListenException($"--web.listen-address {address}: {exception.Message}", exception);
        }
    }

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, IReadOnlyList<IPAddress> resolved, Action<ListenOptions> configureListener)
    {
        if (address.IsAny)
        {
            kestrel.ListenAnyIP(address.Port, configureListener);
            return;
        }

        foreach (IPAddress ip in resolved)
        {
            kestrel.Listen(ip, address.Port, configureListener);
        }
    }

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }
}
