using Pharos.Server.Api;
using Pharos.Server.Http;
using Pharos.Server.Metrics;
using Pharos.Server.Options;

namespace Pharos.Server.Lifecycle;

/// <summary>
/// The whole server: makes its parts, starts them in the order in which they need one another, and stops them in the reverse. Started once.
/// </summary>
internal sealed partial class PharosServer : IAsyncDisposable
{
    // Of the 10 seconds in which the server must be gone; the rest is the store's.
    private static readonly TimeSpan RequestsDeadline = TimeSpan.FromSeconds(5);

    private readonly ServerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<PharosServer> _logger;
    private readonly Readiness _readiness = new();
    private readonly ReloadStatus _reloadStatus = new();
    private readonly ActiveConfig _activeConfig = new();
    private readonly MetricRegistry _metrics = new();
    private readonly HttpMetrics _httpMetrics = new();
    private readonly StopSwitch _stop = new();
    private readonly DateTimeOffset _startTime;
    private readonly WebServer _web;

    public PharosServer(ServerOptions options, ILoggerFactory loggers, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _logger = loggers.CreateLogger<PharosServer>();
        _startTime = clock.GetUtcNow();
        _metrics.Add(new ServerMetrics(_readiness, _reloadStatus));
        _metrics.Add(new ProcessMetrics(_startTime));
        _metrics.Add(new RuntimeMetrics());
        _metrics.Add(_httpMetrics);
        var loop = new RequestLoop(_httpMetrics, clock, loggers.CreateLogger<RequestLoop>());
        _web = WebServer.Create(options.Web, loggers, configureListener: null, application => Build(application, loop));
    }

    /// <summary>Where it answers, once started.</summary>
    public IReadOnlyList<string> Addresses => _web.Addresses;

    /// <summary>Set when somebody asked the server over HTTP to end.</summary>
    public CancellationToken StopRequested => _stop.Token;

    /// <summary>Starts all parts; returns when the server is ready.</summary>
    /// <exception cref="ListenException">An address cannot be bound.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Log.Starting(_logger, BuildInfo.Version, BuildInfo.Revision, BuildInfo.PrometheusVersion);
        await _web.StartAsync(cancellationToken).ConfigureAwait(false);
        foreach (string address in _web.Addresses)
        {
            Log.Listening(_logger, address);
        }

        DateTimeOffset now = _clock.GetUtcNow();
        _reloadStatus.SetSuccess(now);
        _readiness.SetReady();
        TimeSpan duration = now - _startTime;
        Log.Ready(_logger, duration);
    }

    /// <summary>Stops all parts, the ones that take data first, so that all that was acknowledged is in the store when it closes.</summary>
    public async Task StopAsync()
    {
        _readiness.SetStopping();
        using var deadline = new CancellationTokenSource(RequestsDeadline, _clock);
        await _web.StopAsync(deadline.Token).ConfigureAwait(false);
        Log.Stopped(_logger);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Build(WebApplication application, RequestLoop loop)
    {
        var prefix = new RoutePrefix(_options.Web.RoutePrefix);
        application.Use(loop.InvokeAsync);
        application.Use(prefix.TakeOffAsync);
        application.Use(prefix.EnforceAsync);
        application.Use(new CorsHeaders(_options.Web.CorsOrigin).InvokeAsync);
        application.Use(new ReadinessGate(_readiness).InvokeAsync);
        application.UseRouting();

        HealthEndpoints.Map(application);
        new LifecycleEndpoints(_options.Web.EnableLifecycle, ReloadAsync, _stop).Map(application);
        new StatusEndpoints(_options, _reloadStatus, _activeConfig, _startTime, _clock).Map(application);
        new FeaturesEndpoint(_options).Map(application);
        new RuleEndpoints(_activeConfig).Map(application);
        new MetricsEndpoint(_metrics).Map(application);
        new HomePage(_options.Web.PageTitle).Map(application);
        NotYetSupported.Map(application, _options.Web.EnableAdminApi);
    }

    private Task<string?> ReloadAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Starting Pharos")]
        public static partial void Starting(ILogger logger, string version, string revision, string followsPrometheus);

        [LoggerMessage(Level = LogLevel.Information, Message = "Listening")]
        public static partial void Listening(ILogger logger, string address);

        [LoggerMessage(Level = LogLevel.Information, Message = "Server is ready to receive web requests.")]
        public static partial void Ready(ILogger logger, TimeSpan duration);

        [LoggerMessage(Level = LogLevel.Information, Message = "See you next time!")]
        public static partial void Stopped(ILogger logger);
    }
}
