using Pharos.Core.Contracts;
using Pharos.Core.Labels;
using Pharos.Scrape;
using Pharos.Server.Access;
using Pharos.Server.Api;
using Pharos.Server.Journal;
using Pharos.Server.Options;

namespace Pharos.Server.Lifecycle;

/// <summary>The journal and those who watch for what nobody reports: targets every few seconds, versions every minute.</summary>
internal sealed partial class JournalPart : IAsyncDisposable
{
    private static readonly TimeSpan TargetInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan VersionInterval = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly ILogger<FileJournal> _logger;
    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    public JournalPart(StorageOptions storage, TimeProvider clock, ILogger<FileJournal> logger)
    {
        _clock = clock;
        _logger = logger;
        Journal = new FileJournal(Path.Combine(DataFolders.State(storage.Path), "journal.ndjson"), clock, logger);
        Metrics = new JournalMetrics(Journal);
    }

    public FileJournal Journal { get; }

    public JournalMetrics Metrics { get; }

    /// <summary>Once the store holds the data folder: nobody else writes there then.</summary>
    /// <param name="scrape">Whose targets are watched.</param>
    /// <param name="queries">Asked for versions.</param>
    public void Open(ScrapeManager scrape, PrometheusApiServices queries)
    {
        Journal.Open();
        Journal.Record(new JournalEntry(_clock.GetUtcNow().ToUnixTimeMilliseconds(), JournalKind.Started, "Pharos", BuildInfo.Version, Labels.Empty));
        var targets = new TargetWatch(scrape.GetPools, Journal, _clock);
        var versions = new VersionWatch(queries, Journal);
        _watching = Task.WhenAll(
            RepeatAsync(
                TargetInterval,
                () =>
                {
                    targets.Look();
                    return Task.CompletedTask;
                }),
            RepeatAsync(VersionInterval, () => versions.LookAsync(_stop.Token)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        await Journal.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RepeatAsync(TimeSpan interval, Func<Task> look)
    {
        using var timer = new PeriodicTimer(interval, _clock);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false);
                await look().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.LookFailed(_logger, exception.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "What changed could not be looked for")]
        public static partial void LookFailed(ILogger logger, string err);
    }
}
