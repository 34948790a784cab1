using Pharos.Scrape.Configuration;
using Pharos.Scrape.Http;
using Pharos.Scrape.Targets;

namespace Pharos.Scrape.Loops;

/// <summary>
/// Scrapes one target at its moments, one scrape at a time. A scrape that lasts longer than the interval lets the next moments pass.
/// Started once, stopped once, then disposed.
/// </summary>
internal sealed class ScrapeLoop : IDisposable
{
    // Timers are late by a little: timestamps that keep an exact rhythm compress better.
    private static readonly TimeSpan MaxAlignment = TimeSpan.FromMilliseconds(2);

    private readonly ScrapeContext _context;
    private readonly ITargetClient _client;
    private readonly TargetScrape _scrape;
    private readonly ScrapeBuffer _buffer = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _fetchLock = new(); // guards which source is the current one
    private CancellationTokenSource _fetch;
    private Task _run = Task.CompletedTask;
    private DateTimeOffset _last;
    private volatile string _forcedError = "";
    private volatile bool _isAborted;

    public ScrapeLoop(Target target, ScrapeConfig config, ITargetClient client, ScrapeContext context, Func<FailureLog?>? failures = null)
    {
        Target = target;
        _context = context;
        _client = client;
        _scrape = new TargetScrape(target, config, context, failures);
        _fetch = new CancellationTokenSource(Timeout.InfiniteTimeSpan, context.Time);
    }

    public Target Target { get; }

    /// <summary>Fails every scrape with this, without asking the target; empty lets them go on.</summary>
    public string ForcedError
    {
        set => _forcedError = value;
    }

    /// <summary>Begins to wait for the target's first moment.</summary>
    public void Start() => _run = Task.Run(RunAsync);

    /// <summary>No further scrape begins; returns when the one under way, if any, is stored.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
    }

    /// <summary>As <see cref="StopAsync"/>, but a scrape under way is given up and not stored.</summary>
    public async Task AbortAsync()
    {
        CancellationTokenSource fetch;
        lock (_fetchLock)
        {
            _isAborted = true;
            fetch = _fetch; // stays: an aborted loop makes no other
        }

        await fetch.CancelAsync().ConfigureAwait(false);
        await StopAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// After <see cref="StopAsync"/>, for a target that has gone: waits a little over two intervals, in case it comes back, and marks its series stale
    /// at the moment of the first scrape that fell out. Samples that another loop stored meanwhile are newer and stay.
    /// </summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_last == default)
        {
            return;
        }

        TimeSpan interval = Target.Interval;
        DateTimeOffset first = _last + interval;
        DateTimeOffset end = first + interval + (interval / 10);
        TimeSpan wait = end - _context.Time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _context.Time, cancellationToken).ConfigureAwait(false);
        }

        _scrape.StoreEnd(first);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _fetch.Dispose();
        _buffer.Dispose();
    }

    /// <summary>Scrapes once, now, with samples at this time.</summary>
    internal async ValueTask ScrapeAsync(DateTimeOffset time)
    {
        long started = _context.Time.GetTimestamp();
        string error = _forcedError;
        string contentType = "";
        long bodyBytes = 0;
        _buffer.Begin();
        try
        {
            if (error.Length == 0)
            {
                (contentType, error) = await FetchAsync().ConfigureAwait(false);
                bodyBytes = error.Length == 0 ? _buffer.Length : error == BodySizeLimitException.Text ? -1 : 0;
            }

            if (!_isAborted)
            {
                _scrape.Store(_buffer, contentType, time, started, error, bodyBytes);
                _last = time;
            }
        }
        finally
        {
            _buffer.End();
        }
    }

    private async ValueTask<(string ContentType, string Error)> FetchAsync()
    {
        try
        {
            CancellationToken token = BeginFetch();
            return (await _client.FetchAsync(Target, _buffer, token).ConfigureAwait(false), "");
        }
        catch (Exception e) when (e is ScrapeException or BodySizeLimitException)
        {
            return ("", e.Message);
        }
        catch (OperationCanceledException)
        {
            return ("", "context deadline exceeded");
        }
        finally
        {
            EndFetch();
        }
    }

    // One source serves until a timeout has used it up.
    private CancellationToken BeginFetch()
    {
        lock (_fetchLock)
        {
            if (_fetch.IsCancellationRequested && !_isAborted)
            {
                _fetch.Dispose();
                _fetch = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _context.Time);
            }

            if (!_isAborted)
            {
                _fetch.CancelAfter(Target.Timeout);
            }

            return _fetch.Token;
        }
    }

    private void EndFetch()
    {
        lock (_fetchLock)
        {
            if (!_isAborted)
            {
                _fetch.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        }
    }

    private async Task RunAsync()
    {
        TimeProvider time = _context.Time;
        try
        {
            await Task.Delay(Target.OffsetFrom(time.GetUtcNow(), _context.OffsetSeed), time, _stop.Token).ConfigureAwait(false);
            using var timer = new PeriodicTimer(Target.Interval, time);
            DateTimeOffset aligned = time.GetUtcNow();
            do
            {
                aligned = Align(aligned, time.GetUtcNow(), out DateTimeOffset moment);
                await TryScrapeAsync(moment).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return;
        }
    }

    // An error that nobody expected is said at the target and in the log; the next scrape is a new try, and other targets do not notice.
    private async ValueTask TryScrapeAsync(DateTimeOffset moment)
    {
        try
        {
            await ScrapeAsync(moment).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _context.Log.JobFailed(Target.Job, $"scrape of {Target.Url} failed unexpectedly: {e}");
            Target.Report(moment, TimeSpan.Zero, $"internal error: {e.Message}");
        }
    }

    private DateTimeOffset Align(DateTimeOffset aligned, DateTimeOffset now, out DateTimeOffset moment)
    {
        TimeSpan interval = Target.Interval;
        int passed = 0;
        while (now - aligned >= interval)
        {
            aligned += interval;
            passed++;
        }

        if (passed > 1)
        {
            _context.Metrics.Missed.Add(passed - 1);
        }

        TimeSpan tolerance = interval / 100 < MaxAlignment ? interval / 100 : MaxAlignment;
        moment = now - aligned <= tolerance ? aligned : now;
        return aligned;
    }
}
