using System.Globalization;

namespace Pharos.Remote.Sending;

/// <summary>
/// Sends a request until the receiver takes it or refuses it for good, with growing pauses between attempts. Stateless but for the two ways to end it: usable by all shards.
/// </summary>
internal sealed class RetryingSender
{
    private readonly QueueContext _queue;
    private readonly CancellationToken _draining;
    private readonly CancellationToken _hardStop;

    /// <param name="queue">The queue.</param>
    /// <param name="draining">From then on no failed attempt is made again: what was not sent is sent after the next start.</param>
    /// <param name="hardStop">Ends attempts under way.</param>
    public RetryingSender(QueueContext queue, CancellationToken draining, CancellationToken hardStop)
    {
        _queue = queue;
        _draining = draining;
        _hardStop = hardStop;
    }

    /// <summary>How it ended: null when it was ended before the receiver decided.</summary>
    /// <param name="prepare">Gives the body of the next attempt; empty when nothing is left to send.</param>
    /// <param name="expected">Counts an attempt, and says how many entries it has.</param>
    /// <param name="retried">Counts an attempt that is made again.</param>
    public async Task<WriteOutcome?> SendAsync(Func<ReadOnlyMemory<byte>> prepare, Func<int> expected, Action retried)
    {
        TimeSpan backoff = _queue.Queue.MinBackoff;
        WriteStats written = default;
        for (int attempt = 0; !_hardStop.IsCancellationRequested; attempt++)
        {
            ReadOnlyMemory<byte> body = prepare();
            if (body.IsEmpty)
            {
                return new WriteOutcome(written, null, IsRecoverable: false, TimeSpan.Zero);
            }

            WriteOutcome? outcome = await TryAsync(body, attempt, expected()).ConfigureAwait(false);
            if (outcome is null)
            {
                return null;
            }

            written = written.Add(outcome.Value.Stats);
            if (!outcome.Value.IsRecoverable)
            {
                return outcome.Value with { Stats = written };
            }

            TimeSpan wait = Pause(outcome.Value, backoff);
            if (!await WaitAsync(wait).ConfigureAwait(false))
            {
                return null;
            }

            retried();
            _queue.Log.Retrying(_queue.Name, _queue.Url, outcome.Value.Error!);
            backoff = wait * 2 < _queue.Queue.MaxBackoff ? wait * 2 : _queue.Queue.MaxBackoff;
        }

        return null;
    }

    private async Task<WriteOutcome?> TryAsync(ReadOnlyMemory<byte> body, int attempt, int expected)
    {
        long started = _queue.Clock.GetTimestamp();
        try
        {
            WriteOutcome outcome = await _queue.Client.PostAsync(body, attempt, _hardStop).ConfigureAwait(false);
            return outcome.Error is null && _queue.IsVersion2 && expected > 0 && outcome.Stats.IsNothing ? NotVersion2(outcome, expected) : outcome;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            _queue.Counters.ObserveDuration(_queue.Clock.GetElapsedTime(started));
        }
    }

    // A receiver of version 1 that does not look at the content type reads an empty request, and is content.
    private static WriteOutcome NotVersion2(WriteOutcome outcome, int expected) => outcome with
    {
        Error = string.Create(
            CultureInfo.InvariantCulture,
            $"sent v2 request with {expected} samples, histograms and exemplars; got 2xx, but PRW 2.0 response header statistics indicate that none were accepted; assuming failure e.g. the target only supports PRW 1.0 prometheus.WriteRequest, but does not check the Content-Type header correctly"),
    };

    private TimeSpan Pause(WriteOutcome outcome, TimeSpan backoff)
    {
        TimeSpan wait = backoff;
        if (outcome.RetryAfter > TimeSpan.Zero)
        {
            wait = outcome.RetryAfter;
            _queue.Log.WaitingAsAsked(_queue.Name, _queue.Url, wait);
        }

        _queue.DisableResharding(wait);
        return wait;
    }

    private async Task<bool> WaitAsync(TimeSpan wait)
    {
        if (_draining.IsCancellationRequested)
        {
            return false;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(_draining, _hardStop);
        try
        {
            await Task.Delay(wait, _queue.Clock, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
