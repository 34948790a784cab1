using System.Threading.Channels;
using Pharos.Core.Contracts;

namespace Pharos.Alerting.Forwarding;

/// <summary>The queue of one Alertmanager outside, and the loop that empties it: one that hangs holds up nobody else. Thread-safe.</summary>
internal sealed class SendLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<Alert> _queue;
    private readonly ForwardingOptions _options;
    private readonly AlertmanagerClient _client;
    private readonly TimeProvider _clock;
    private readonly IForwardingLog _log;
    private readonly Task _run;
    private int _saysFull;

    /// <param name="url">Names it in metrics and in the log.</param>
    /// <param name="client">Posts to it.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="clock">Times requests.</param>
    /// <param name="log">Hears what fails.</param>
    public SendLoop(string url, AlertmanagerClient client, ForwardingOptions options, TimeProvider clock, IForwardingLog log)
    {
        Url = url;
        _client = client;
        _options = options;
        _clock = clock;
        _log = log;
        var bounds = new BoundedChannelOptions(options.QueueCapacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        _queue = Channel.CreateBounded<Alert>(bounds, Drop);
        _run = Task.Run(RunAsync);
    }

    public string Url { get; }

    public SendCounters Counters { get; } = new();

    public int QueueLength => _queue.Reader.Count;

    public void Send(IReadOnlyList<Alert> alerts)
    {
        foreach (Alert alert in alerts)
        {
            _queue.Writer.TryWrite(alert);
        }
    }

    /// <summary>Takes no more; sends what waits within the time, then gives up.</summary>
    public async Task DrainAsync(TimeSpan within)
    {
        _queue.Writer.TryComplete();
        using var end = new CancellationTokenSource();
        await Task.WhenAny(_run, Task.Delay(within, _clock, end.Token)).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
        Counters.Drop(QueueLength);
        _stop.Dispose();
    }

    private void Drop(Alert alert)
    {
        Counters.Drop(1);
        if (Interlocked.Exchange(ref _saysFull, 1) == 0)
        {
            _log.QueueFull(Url, _options.QueueCapacity);
        }
    }

    private async Task RunAsync()
    {
        var batch = new List<Alert>(_options.BatchSize);
        try
        {
            while (await _queue.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
            {
                batch.Clear();
                while (batch.Count < _options.BatchSize && _queue.Reader.TryRead(out Alert? alert))
                {
                    batch.Add(alert);
                }

                Volatile.Write(ref _saysFull, 0);
                await SendAsync(batch).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Counters.Drop(batch.Count);
        }
    }

    private async Task SendAsync(List<Alert> batch)
    {
        long start = _clock.GetTimestamp();
        string? error = await _client.PostAsync(batch, _stop.Token).ConfigureAwait(false);
        Counters.Request(batch.Count, _clock.GetElapsedTime(start), error is null);
        if (error is not null)
        {
            _log.SendFailed(Url, batch.Count, error);
        }

        batch.Clear();
    }
}
