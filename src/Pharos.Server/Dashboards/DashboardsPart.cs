using Pharos.Core.Contracts;
using Pharos.Dashboards.Library;
using Pharos.Server.Configuration;
using Pharos.Server.Lifecycle;

namespace Pharos.Server.Dashboards;

/// <summary>The library of dashboards: follows files and saved ones, looked at every few seconds, at each reload and after each saving.</summary>
internal sealed partial class DashboardsPart : IConfigured, IAsyncDisposable
{
    /// <summary>Changes of files are seen at the latest so long afterwards, and the time that reading them takes.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly DashboardFiles _files;
    private readonly TimeProvider _clock;
    private readonly ILogger<DashboardsPart> _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _one = new(1);
    private volatile DashboardLibrary _library = DashboardLibrary.Empty;
    private volatile HashSet<LibraryError> _told = [];
    private long _globalIntervalTicks = TimeSpan.FromMinutes(1).Ticks;
    private Task _loop = Task.CompletedTask;

    // Guarded by _one.
    private FoundDashboards? _builtFrom;
    private (long Dashboards, long Folders) _builtAt;

    /// <param name="roots">The folders to look into.</param>
    /// <param name="isOwnUrl">Whether a URL leads to this server.</param>
    /// <param name="environment">Grafana's variables.</param>
    /// <param name="documents">Where saved ones are kept.</param>
    /// <param name="clock">The clock of the server.</param>
    /// <param name="logger">Takes what is wrong with files.</param>
    public DashboardsPart(
        IReadOnlyList<string> roots, Func<Uri, bool> isOwnUrl, GrafanaEnvironment environment, IDocumentStore documents, TimeProvider clock, ILogger<DashboardsPart> logger)
    {
        _files = new DashboardFiles(environment.Provisioning is { } provisioning ? [.. roots, provisioning] : roots, isOwnUrl);
        Environment = environment;
        Saved = new SavedDashboards(documents);
        _clock = clock;
        _logger = logger;
    }

    public string Name => "dashboards";

    public GrafanaEnvironment Environment { get; }

    /// <summary>Where dashboards are saved; call <see cref="RefreshAsync"/> after a change.</summary>
    public SavedDashboards Saved { get; }

    /// <summary>Held by the one who saves, from the check of the version to the refresh.</summary>
    public SemaphoreSlim Saving { get; } = new(1);

    /// <summary>All dashboards as they were seen last.</summary>
    public DashboardLibrary Library => _library;

    /// <summary>How often series get samples whose job is not known.</summary>
    public TimeSpan GlobalInterval => new(Interlocked.Read(ref _globalIntervalTicks));

    public async Task ApplyAsync(PrometheusConfig config, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _globalIntervalTicks, config.Global.Scrape.ScrapeInterval.Ticks);
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins to look for changes.</summary>
    public void Start()
    {
        foreach (string name in Environment.Ignored)
        {
            Log.Ignored(_logger, name);
        }

        foreach (string problem in Environment.Problems)
        {
            Log.Problem(_logger, problem);
        }

        _loop = WatchAsync();
    }

    /// <summary>Looks at everything now.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            FoundDashboards found = _files.Read();
            (long, long) revision = await Saved.GetRevisionAsync(cancellationToken).ConfigureAwait(false);
            if (ReferenceEquals(found, _builtFrom) && revision == _builtAt)
            {
                return;
            }

            (IReadOnlyList<SavedDashboard> saved, IReadOnlyList<DashboardFolder> folders, IReadOnlyList<LibraryError> broken) =
                await Saved.ListAsync(cancellationToken).ConfigureAwait(false);
            var builder = new LibraryBuilder(found.Datasources);
            foreach (LibraryError error in found.Errors.Concat(broken))
            {
                builder.Add(error);
            }

            foreach (DashboardFolder folder in folders)
            {
                builder.Add(folder);
            }

            foreach (DashboardFile file in found.Dashboards)
            {
                builder.Add(file);
            }

            foreach (SavedDashboard dashboard in saved)
            {
                builder.Add(dashboard);
            }

            _library = builder.Build();
            (_builtFrom, _builtAt) = (found, revision);
            Tell(_library.Errors);
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
        _one.Dispose();
        Saving.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                try
                {
                    await RefreshAsync(_stop.Token).ConfigureAwait(false);
                }
                catch (DocumentStoreException exception)
                {
                    Log.Problem(_logger, exception.Message);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
    }

    // Each error once, until it is gone.
    private void Tell(IReadOnlyList<LibraryError> errors)
    {
        foreach (LibraryError error in errors.Where(error => !_told.Contains(error)))
        {
            Log.Refused(_logger, error.File, error.Line, error.Column, error.Message);
        }

        _told = [.. errors];
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A dashboard cannot be used")]
        public static partial void Refused(ILogger logger, string file, int line, int column, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Dashboards: {problem}")]
        public static partial void Problem(ILogger logger, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "A variable of Grafana has no meaning here")]
        public static partial void Ignored(ILogger logger, string variable);
    }
}
