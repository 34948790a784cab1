using System.Globalization;
using Pharos.Access;
using Pharos.Core.Contracts;
using Pharos.Remote.Receiving;
using Pharos.Remote.Sending;
using Pharos.Rules;
using Pharos.Scrape;
using Pharos.Scrape.Targets;
using Pharos.Server.Access;
using Pharos.Server.Api;
using Pharos.Server.Api.Alertmanager;
using Pharos.Server.Api.Ui;
using Pharos.Server.Api.Ui.Alerts;
using Pharos.Server.Backup;
using Pharos.Server.Configuration;
using Pharos.Server.Configuration.Files;
using Pharos.Server.Dashboards;
using Pharos.Server.Export;
using Pharos.Server.Federation;
using Pharos.Server.Http;
using Pharos.Server.Journal;
using Pharos.Server.Metrics;
using Pharos.Server.Options;
using Pharos.Server.Ui;
using Pharos.State;

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
    private readonly FileDocumentStore _documents;
    private readonly PharosAccess _access;
    private readonly JournalPart _journal;
    private readonly StorePart _store;
    private readonly RemoteReadPart _remoteRead;
    private readonly QueryPart _queries;
    private readonly IReadOnlyDictionary<string, IExpositionSource> _pages;
    private readonly OwnUrls _ownUrls;
    private readonly ScrapePart _scrape;
    private readonly RemoteWritePart _remoteWrite;
    private readonly AlertingPart _alerting;
    private readonly RulePart _rules;
    private readonly RemoteWriteReceiver? _receiver;
    private readonly OtlpPart _otlp;
    private readonly FederationMetrics _federationMetrics = new();
    private readonly ExportEndpoint _export;
    private readonly DashboardsPart _dashboards;
    private readonly LoadedFiles _files;
    private readonly ConfigReloader _reloader;
    private readonly ConfigWatcher? _watcher;
    private readonly WebServer _web;

    /// <exception cref="AccessException">The server must not be reachable like this.</exception>
    public PharosServer(ServerOptions options, ILoggerFactory loggers, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _logger = loggers.CreateLogger<PharosServer>();
        _startTime = clock.GetUtcNow();
        _documents = new FileDocumentStore(DataFolders.State(options.Storage.Path), clock);
        _access = PharosAccess.Open(WithWebConfigOfFolder(options), options.Storage.Path, _documents, clock, loggers);
        _journal = new JournalPart(options.Storage, clock, loggers.CreateLogger<FileJournal>());
        _store = new StorePart(options.Storage, clock, loggers.CreateLogger<StorePart>());
        _remoteRead = new RemoteReadPart(_store, options.RemoteRead, clock);
        _queries = new QueryPart(options, _remoteRead.Source, clock);
        _pages = BuiltInTargets.Pages(options, _metrics, clock);
        _ownUrls = new OwnUrls(_pages, options.Web);
        _scrape = new ScrapePart(
            _store.Handle,
            BuiltInTargets.Sources(options, _pages),
            _ownUrls.Find,
            options.DiscoveryInterval,
            options.Features.Contains(FeatureNames.TypeAndUnitLabels),
            clock,
            loggers.CreateLogger<ScrapeManager>());
        _remoteWrite = new RemoteWritePart(options, _scrape.Manager, clock, loggers.CreateLogger<RemoteWriteManager>());
        _alerting = new AlertingPart(options, _ownUrls, MakeExternalUrl, _journal.Journal, clock, loggers.CreateLogger<AlertingPart>());
        _rules = new RulePart(options.Rules, _queries.Services, _store.Handle, _alerting, _journal.Journal, MakeExternalUrl, loggers.CreateLogger<RuleManager>());
        _receiver = options.Web.EnableRemoteWriteReceiver ? MakeReceiver() : null;
        _otlp = new OtlpPart(options, _store.Handle, _store.Handle, _store.Handle, clock);
        _export = new ExportEndpoint(_store.Handle, () => _queries.Language);
        _dashboards = new DashboardsPart(
            options.ConfigFolder is { } folder ? [folder] : [],
            _ownUrls.IsOwn,
            GrafanaEnvironment.Read(Environment.GetEnvironmentVariables()),
            _documents,
            clock,
            loggers.CreateLogger<DashboardsPart>());
        var source = new RuleCheckedSource(new AlertmanagerSource(SourceOf(options), options.Alerting.ConfigFile), _queries.Language);
        _files = new LoadedFiles(source);
        _reloader = new ConfigReloader(
            source,
            [_store, _remoteWrite, _remoteRead, _queries, _alerting, _scrape, _rules, _otlp, _dashboards, _files, new ConfiguredSummary(_activeConfig, options.Storage)],
            _reloadStatus,
            _journal.Journal,
            clock,
            loggers.CreateLogger<ConfigReloader>());
        _watcher = options.AutoReloadInterval is { } interval ? new ConfigWatcher(_reloader, interval, clock, loggers.CreateLogger<ConfigWatcher>()) : null;
        AddMetrics();
        _web = WebServer.Create(options.Web, loggers, clock, listener => listener.UseWebConfig(_access.WebConfig), Build);
    }

    /// <summary>Where it answers, once started.</summary>
    public IReadOnlyList<string> Addresses => _web.Addresses;

    /// <summary>Everything that can be routed to.</summary>
    public IReadOnlyList<Endpoint> Endpoints => _web.Endpoints;

    /// <summary>What a first start has to tell, as soon as it was done: also when the start fails afterwards, since it is done only once.</summary>
    public FirstStartNotice? FirstStart { get; private set; }

    /// <summary>Set when somebody asked the server over HTTP to end.</summary>
    public CancellationToken StopRequested => _stop.Token;

    /// <summary>Starts all parts; returns when the server is ready.</summary>
    /// <param name="hasTerminal">Whether a first password may be shown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StartException">The configuration is refused, or the store cannot be opened.</exception>
    /// <exception cref="ListenException">An address cannot be bound.</exception>
    /// <exception cref="AccessException">Nobody could sign in.</exception>
    public async Task StartAsync(bool hasTerminal, CancellationToken cancellationToken)
    {
        Log.Starting(_logger, BuildInfo.Version, BuildInfo.Revision, BuildInfo.PrometheusVersion);
        PrometheusConfig config = _reloader.LoadFirst();
        MakeDataFolder();
        FirstStart = await _access.FirstStartAsync(hasTerminal, cancellationToken, GrafanaAdmin.Read(Environment.GetEnvironmentVariables())).ConfigureAwait(false);
        await _web.StartAsync(cancellationToken).ConfigureAwait(false);
        foreach (string address in _web.Addresses)
        {
            Log.Listening(_logger, address);
        }

        _ownUrls.Set(_web.Addresses);

        // The log may be long, and reading it takes a core: requests are answered meanwhile.
        await Task.Run(() => _store.Open(config, cancellationToken), cancellationToken).ConfigureAwait(false);
        _remoteWrite.Open(_store.Store!);
        _journal.Open(_scrape.Manager, _queries.Services);
        _alerting.Open();
        await _reloader.ApplyFirstAsync(cancellationToken).ConfigureAwait(false);
        _dashboards.Start();
        _watcher?.Start();
        _readiness.SetReady();
        TimeSpan duration = _clock.GetUtcNow() - _startTime;
        Log.Ready(_logger, duration);
    }

    /// <summary>Every target and how it does.</summary>
    public IEnumerable<TargetView> Targets() => _scrape.Manager.GetPools().SelectMany(static pool => pool.Active);

    /// <summary>Loads the configuration anew; answers why that failed, or null.</summary>
    public Task<string?> ReloadAsync(CancellationToken cancellationToken) => _reloader.ReloadAsync(cancellationToken);

    /// <summary>Stops all parts, the ones that take data first, so that all that was acknowledged is in the store when it closes.</summary>
    public async Task StopAsync()
    {
        _readiness.SetStopping();
        using var deadline = new CancellationTokenSource(RequestsDeadline, _clock);
        await _web.StopAsync(deadline.Token).ConfigureAwait(false);
        await _rules.DisposeAsync().ConfigureAwait(false);
        await _scrape.DisposeAsync().ConfigureAwait(false);
        await _alerting.DisposeAsync().ConfigureAwait(false);
        await _journal.DisposeAsync().ConfigureAwait(false);
        await _remoteWrite.DisposeAsync().ConfigureAwait(false);
        _store.Dispose();
        Log.Stopped(_logger);
    }

    public async ValueTask DisposeAsync()
    {
        if (_watcher is not null)
        {
            await _watcher.DisposeAsync().ConfigureAwait(false);
        }

        await _web.DisposeAsync().ConfigureAwait(false);
        await _rules.DisposeAsync().ConfigureAwait(false);
        await _scrape.DisposeAsync().ConfigureAwait(false);
        await _alerting.DisposeAsync().ConfigureAwait(false);
        await _journal.DisposeAsync().ConfigureAwait(false);
        await _dashboards.DisposeAsync().ConfigureAwait(false);
        await _remoteWrite.DisposeAsync().ConfigureAwait(false);
        _store.Dispose();
        _export.Dispose();
        _queries.Dispose();
        _remoteRead.Dispose();
        _reloader.Dispose();
        _access.Dispose();
        _documents.Dispose();
        _stop.Dispose();
    }

    private static IConfigSource SourceOf(ServerOptions options)
    {
        var builtIn = new BuiltInTargets(options);
        return options.ConfigFile is { } file
            ? new FileConfigSource(file)
            : options.ConfigFolder is { } folder ? new FolderConfigSource(folder, builtIn) : builtIn;
    }

    private static WebOptions WithWebConfigOfFolder(ServerOptions options) =>
        options.Web.ConfigFile is null && options.ConfigFolder is { } folder
            ? options.Web with { ConfigFile = ConfigFolder.Scan(folder).WebConfigFile }
            : options.Web;

    private RemoteWriteReceiver MakeReceiver() => new(
        new WriteTargets(_store.Handle, _store.Handle, _store.Handle, _options.Features.Contains(FeatureNames.TypeAndUnitLabels)),
        new RemoteWriteLimits(),
        _clock,
        _options.Web.AcceptedWriteMessages);

    private void AddMetrics()
    {
        _metrics.Add(new ServerMetrics(_readiness, _reloadStatus));
        _metrics.Add(new ProcessMetrics(_startTime));
        _metrics.Add(new RuntimeMetrics());
        _metrics.Add(_httpMetrics);
        _metrics.Add(_access.Metrics);
        _metrics.Add(_journal.Metrics);
        _metrics.Add(new StoreMetrics(() => _store.Store));
        _metrics.Add(new QueryMetrics(_queries.Counters, _options.Query.MaxConcurrency));
        _metrics.Add(new QueryLogMetrics(_queries));
        _metrics.Add(new RemoteReadMetrics(_remoteRead));
        _metrics.Add(new ScrapingMetrics(_scrape.Manager));
        _metrics.Add(new RuleMetrics(_rules.Manager));
        _metrics.Add(new ForwardingMetrics(_alerting.Forwarder));
        _metrics.Add(new AlertmanagerMetrics(() => _alerting.OpenAlertmanager, _reloadStatus, _clock));
        _metrics.Add(new RemoteStorageMetrics(() => _remoteWrite.Queues, () => _store.Store?.Log.Statistics ?? default));
        if (_receiver is not null)
        {
            _metrics.Add(new RemoteWriteMetrics(_receiver.Counters));
        }

        _metrics.Add(_federationMetrics);
        if (_otlp.Receiver is not null)
        {
            _metrics.Add(new OtlpMetrics(_otlp.Receiver.Counters));
        }
    }

    private void Build(WebApplication application)
    {
        var loop = new RequestLoop(_httpMetrics, _clock, application.Services.GetRequiredService<ILogger<RequestLoop>>());
        var prefix = new RoutePrefix(_options.Web.RoutePrefix);
        application.Use(loop.InvokeAsync);
        application.Use(prefix.TakeOffAsync);
        var pages = new StaticUi(new UiAssets(typeof(PharosServer).Assembly), _options.Web, () => _access.WebConfig.Current().Config.Headers);
        application.Use(pages.InvokeAsync);
        application.UsePharosAccess(_access, _clock);
        application.Use(prefix.EnforceAsync);
        application.Use(new CorsHeaders(_options.Web.CorsOrigin).InvokeAsync);
        application.Use(new ReadinessGate(_readiness).InvokeAsync);

        RouteGroupBuilder reading = application.MapGroup("").RequirePermission(Permissions.Read);
        RouteGroupBuilder editing = application.MapGroup("").RequirePermission(Permissions.Edit);
        RouteGroupBuilder ingesting = application.MapGroup("").RequirePermission(Permissions.Ingest);
        RouteGroupBuilder administering = application.MapGroup("").RequirePermission(Permissions.Admin);
        HealthEndpoints.Map(reading);
        reading.MapPrometheusApi(_queries.Services);
        new ExemplarEndpoint(_store.Handle, () => _queries.Language).Map(reading);
        new WriteEndpoint(_receiver).Map(ingesting);
        new ReadEndpoint(_remoteRead.Server, () => _remoteRead.ExternalLabels).Map(reading);
        new OtlpEndpoint(_otlp.Receiver, application.Services.GetRequiredService<ILogger<OtlpEndpoint>>()).Map(ingesting);
        new FederateEndpoint(_store.Handle, () => _queries.Language, () => _remoteRead.ExternalLabels, _federationMetrics, _options.Query.LookbackDelta, _clock).Map(reading);
        _export.Map(reading);
        new TargetEndpoints(_scrape.Manager, MakeGlobalUrl).Map(reading);
        new MetadataEndpoints(_scrape.Manager).Map(reading);
        new StoreStatusEndpoints(() => _store.Store).Map(reading);
        new StatusEndpoints(_options, _reloadStatus, _activeConfig, _startTime, _clock).Map(reading);
        new FeaturesEndpoint(_options).Map(reading);
        new RuleEndpoints(_rules.Manager, () => _queries.Language).Map(reading);
        DashboardRoutes.Map(reading, editing, _dashboards, _queries.Services, _scrape.Manager, _journal.Journal);
        new AlertmanagersEndpoint(_alerting.Forwarder).Map(reading);
        AlertPages.Map(reading, _alerting, _rules.Manager.GetGroups, _journal.Journal, _clock);
        AlertmanagerApi.MapAlertmanagerApi(reading, editing, ingesting, _alerting, _clock, _startTime);
        new MetricsEndpoint(_pages).Map(reading);
        new HomePage(_options.Web.PageTitle, pages.HasPages).Map(reading);
        new RelabelStepsEndpoint(_scrape.Manager).Map(reading);
        CancellationToken stopping = application.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        UiEndpoints.Map(reading, MakeUiServices(), _journal.Journal, stopping);
        new SessionEndpoints(_access, _options.Web, _clock).Map(reading);
        new UserEndpoints(_access, _clock).Map(administering);
        new TokenEndpoints(_access, _clock).Map(administering);
        new LifecycleEndpoints(_options.Web.EnableLifecycle, ReloadAsync, _stop).Map(administering);
        new AdminEndpoints(_options.Web.EnableAdminApi, () => _store.Store, () => _queries.Language, _options.Storage.Path, _clock).Map(administering);
        new BackupEndpoint(() => _store.Store, BackupConfiguration, _options.Storage.Path, _clock).Map(administering);
        NotYetSupported.Map(reading);
    }

    private UiServices MakeUiServices() => new()
    {
        Clock = _clock,
        Journal = _journal.Journal,
        Queries = _queries.Services,
        Pools = _scrape.Manager.GetPools,
        Rules = _rules.Manager.GetGroups,
        Alerts = new UiAlertSource(_alerting, _rules.Manager.GetGroups, _clock).GetAll,
        Messages = new MessageLog(() => _alerting.OpenAlertmanager),
        Reload = _reloadStatus,
        Files = _files,
        Store = () => _store.Store,
        Access = _access,
        DataFolder = _options.Storage.Path,
        StartedAt = _startTime,
    };

    private IReadOnlyList<string> BackupConfiguration() =>
        [.. _files.Paths, .. new[] { WithWebConfigOfFolder(_options).ConfigFile, _options.Alerting.ConfigFile }.OfType<string>()];

    private int OwnPort() => _web.Addresses.Count > 0 ? new Uri(_web.Addresses[0]).Port : _options.Web.ListenAddresses[0].Port;

    private GlobalUrl MakeGlobalUrl() => new(MakeExternalUrl(), OwnPort());

    private Uri MakeExternalUrl() =>
        _options.Web.ExternalUrl ?? new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{Environment.MachineName}:{OwnPort()}/"));

    private void MakeDataFolder()
    {
        try
        {
            Directory.CreateDirectory(_options.Storage.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"--storage.tsdb.path {_options.Storage.Path}: {exception.Message}", exitCode: 1, exception);
        }
    }

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
