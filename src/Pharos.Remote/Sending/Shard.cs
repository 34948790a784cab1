using System.Threading.Channels;

namespace Pharos.Remote.Sending;

/// <summary>
/// Sends the batches of its share of the series one after another, so that the samples of a series arrive in their order. The reader of the queue fills
/// <see cref="Current"/> and pushes it; everything behind that belongs to the shard.
/// </summary>
internal sealed class Shard
{
    private readonly int _index;
    private readonly QueueContext _queue;
    private readonly SendProgress _progress;
    private readonly RetryingSender _sender;
    private readonly BatchPool _pool;
    private readonly AsyncSignal _changed;
    private readonly int _capacity;
    private readonly Channel<RequestBatch> _batches;
    private byte[] _compressed = [];
    private byte[] _joined = [];
    private int _unfinished;
    private int _waiting;
    private volatile bool _isAbandoned;

    public Shard(int index, QueueContext queue, SendProgress progress, RetryingSender sender, BatchPool pool, AsyncSignal changed)
    {
        _index = index;
        _queue = queue;
        _progress = progress;
        _sender = sender;
        _pool = pool;
        _changed = changed;
        _capacity = Math.Max(1, queue.Queue.Capacity / queue.Queue.MaxSamplesPerSend);
        _batches = Channel.CreateUnbounded<RequestBatch>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    }

    /// <summary>The batch that the reader fills; null when it has none.</summary>
    public RequestBatch? Current { get; private set; }

    /// <summary>Whether nothing is left of what was read.</summary>
    public bool IsIdle => Current is null && Volatile.Read(ref _unfinished) == 0;

    private bool IsFull => Current is { } batch && batch.Count >= _queue.Queue.MaxSamplesPerSend;

    /// <summary>Gives a batch that has room for an entry from the place on; false while the shard is full.</summary>
    public bool TryOpen(LogMark mark, ref int lastNumber, SeriesCache cache)
    {
        if (IsFull && !TryPush(cache))
        {
            return false;
        }

        if (Current is null)
        {
            Current = _pool.Rent();
            Current.Start(++lastNumber, mark, _queue.Clock.GetTimestamp());
            _progress.BeginBatch(_index, mark);
        }

        return true;
    }

    /// <summary>Hands a batch over once it has as many entries as a request may have.</summary>
    public void PushWhenFull(SeriesCache cache)
    {
        if (IsFull)
        {
            TryPush(cache);
        }
    }

    /// <summary>Hands over what there is. False when it must wait: as many batches as may wait do.</summary>
    public bool TryPush(SeriesCache cache)
    {
        if (Current is not { } batch)
        {
            return true;
        }

        if (Volatile.Read(ref _waiting) >= _capacity)
        {
            return false;
        }

        batch.Seal(cache);
        Current = null;
        Interlocked.Increment(ref _unfinished);
        Interlocked.Increment(ref _waiting);
        _batches.Writer.TryWrite(batch);
        return true;
    }

    /// <summary>No more batches come.</summary>
    public void Complete() => _batches.Writer.TryComplete();

    /// <summary>Batches that wait are not sent; the one on its way ends.</summary>
    public void Abandon() => _isAbandoned = true;

    /// <summary>Sends until there is nothing more to come, or until a request could not be brought to an end.</summary>
    public async Task RunAsync()
    {
        while (await _batches.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_batches.Reader.TryRead(out RequestBatch? batch))
            {
                Interlocked.Decrement(ref _waiting);
                _changed.Set();
                if (_isAbandoned || !await SendAsync(batch).ConfigureAwait(false))
                {
                    return;
                }

                _pool.Return(batch);
                Interlocked.Decrement(ref _unfinished);
                _changed.Set();
            }
        }
    }

    private async Task<bool> SendAsync(RequestBatch batch)
    {
        (int samples, int exemplars, int histograms) = (batch.Samples, batch.Exemplars, batch.Histograms);
        _progress.Sending(_index, batch.End);
        long started = _queue.Clock.GetTimestamp();
        int length = -1;
        WriteOutcome? outcome = await _sender.SendAsync(() => Prepare(batch, ref length), () => batch.Count, () => CountRetry(batch)).ConfigureAwait(false);
        if (outcome is null)
        {
            return false;
        }

        _progress.Done(_index);
        Settle(batch, outcome.Value, length);
        _queue.Calculator.Out.Add(samples + exemplars + histograms);
        _queue.Calculator.OutTicks.Add(_queue.Clock.GetElapsedTime(started).Ticks);
        _queue.NoteSent();
        _queue.Counters.Add(RemoteWriteCount.PendingSamples, -samples);
        _queue.Counters.Add(RemoteWriteCount.PendingExemplars, -exemplars);
        _queue.Counters.Add(RemoteWriteCount.PendingHistograms, -histograms);
        return true;
    }

    private ReadOnlyMemory<byte> Prepare(RequestBatch batch, ref int length)
    {
        if (_queue.Queue.SampleAgeLimit > TimeSpan.Zero && _queue.Now - (long)_queue.Queue.SampleAgeLimit.TotalMilliseconds is long limit && batch.Oldest < limit)
        {
            (int samples, int exemplars, int histograms) = batch.RemoveOlder(limit);
            _queue.Counters.Add(RemoteWriteCount.OldSamples, samples);
            _queue.Counters.Add(RemoteWriteCount.OldExemplars, exemplars);
            _queue.Counters.Add(RemoteWriteCount.OldHistograms, histograms);
            length = -1;
        }

        if (batch.Count == 0)
        {
            return default;
        }

        length = length < 0 ? batch.Compress(ref _compressed, ref _joined) : length;
        _queue.Counters.Add(RemoteWriteCount.Samples, batch.Samples);
        _queue.Counters.Add(RemoteWriteCount.Exemplars, batch.Exemplars);
        _queue.Counters.Add(RemoteWriteCount.Histograms, batch.Histograms);
        _queue.Counters.Add(RemoteWriteCount.Metadata, batch.Metadata);
        return _compressed.AsMemory(0, length);
    }

    private void CountRetry(RequestBatch batch)
    {
        _queue.Counters.Add(RemoteWriteCount.RetriedSamples, batch.Samples);
        _queue.Counters.Add(RemoteWriteCount.RetriedExemplars, batch.Exemplars);
        _queue.Counters.Add(RemoteWriteCount.RetriedHistograms, batch.Histograms);
    }

    private void Settle(RequestBatch batch, in WriteOutcome outcome, int length)
    {
        if (batch.Count == 0)
        {
            return;
        }

        RemoteWriteQueueCounters counters = _queue.Counters;
        counters.Add(RemoteWriteCount.Bytes, length);
        counters.Raise(RemoteWriteCount.NewestSent, batch.Newest);

        // A receiver of version 1 says nothing of how much it took.
        bool all = outcome.Error is null && !outcome.Stats.IsConfirmed;
        int samples = all ? 0 : Math.Max(0, batch.Samples - outcome.Stats.Samples);
        int histograms = all ? 0 : Math.Max(0, batch.Histograms - outcome.Stats.Histograms);
        int exemplars = all ? 0 : Math.Max(0, batch.Exemplars - outcome.Stats.Exemplars);
        counters.Add(RemoteWriteCount.FailedSamples, samples);
        counters.Add(RemoteWriteCount.FailedHistograms, histograms);
        counters.Add(RemoteWriteCount.FailedExemplars, exemplars);
        if (outcome.Error is not null || samples + histograms + exemplars > 0)
        {
            string error = outcome.Error ?? "we got 2xx status code from the Receiver yet statistics indicate some data was not written; investigation needed";
            _queue.Log.Failed(_queue.Name, _queue.Url, samples, histograms, exemplars, error);
        }
    }
}
