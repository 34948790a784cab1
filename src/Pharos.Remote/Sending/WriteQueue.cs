using System.Globalization;
using Pharos.Core.Contracts;

namespace Pharos.Remote.Sending;

/// <summary>
/// One receiver: follows the log from where it ended the last time, keeps its shards fed, and changes their number as the load wants it. One loop owns it all; what it waits
/// for sets one signal.
/// </summary>
internal sealed class WriteQueue : IAsyncDisposable
{
    private const int RecordsPerTurn = 256;
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReplacedDeadline = TimeSpan.FromSeconds(5);

    private readonly QueueContext _queue;
    private readonly ISampleLog _log;
    private readonly SeriesCache _cache;
    private readonly ILogCursor _cursor;
    private readonly SendProgress _progress;
    private readonly BatchPool _pool;
    private readonly LogPump _pump;
    private readonly AsyncSignal _changed = new();
    private readonly ITimer _wake;
    private readonly ITimer _calculation;
    private ShardSet _shards;
    private int _wantedShards;
    private Task _loop = Task.CompletedTask;
    private volatile bool _isStopping;
    private volatile bool _calculationIsDue;

    /// <param name="queue">What its parts share.</param>
    /// <param name="log">The store's log.</param>
    /// <param name="shaping">What it makes of labels.</param>
    /// <param name="positionFile">Where it remembers how far it is; what it remembers from before is taken up.</param>
    public WriteQueue(QueueContext queue, ISampleLog log, SeriesShaping shaping, string positionFile)
    {
        _queue = queue;
        _log = log;
        _cache = new SeriesCache(log, shaping);
        ShardPosition[]? before = PositionFile.Read(positionFile);
        ResumePlan? resume = before is null ? null : new ResumePlan(before);
        if (resume?.First.Record > log.End)
        {
            // Another log than the one that was followed: somebody began the folder anew.
            (before, resume) = (null, null);
        }

        LogMark from = resume?.First ?? new LogMark(log.End, 0);
        int shards = resume is null ? queue.Queue.MinShards : Math.Clamp(resume.Shards, queue.Queue.MinShards, queue.Queue.MaxShards);
        LogContent content = LogContent.Series | LogContent.Samples
            | (queue.Config.SendExemplars ? LogContent.Exemplars : LogContent.None)
            | (queue.Config.SendNativeHistograms ? LogContent.Histograms : LogContent.None)
            | (queue.IsVersion2 ? LogContent.Metadata : LogContent.None);
        _cursor = log.OpenCursor(from.Record, content);
        _progress = new SendProgress(
            () => PositionFile.Create(positionFile, queue.Queue.MaxShards, before), e => queue.Log.PositionNotKept(queue.Name, positionFile, e.Message));
        _pool = new BatchPool(queue.IsVersion2, queue.Queue.SampleAgeLimit > TimeSpan.Zero);
        _shards = new ShardSet(shards, queue, _progress, _pool, _changed, from);
        _wantedShards = shards;
        _pump = new LogPump(queue, _cursor, _cache, _progress, _shards.Shards, resume);
        _wake = queue.Clock.CreateTimer(static state => ((AsyncSignal)state!).Set(), _changed, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _calculation = queue.Clock.CreateTimer(static state => ((WriteQueue)state!).CalculateSoon(), this, ShardCalculator.Interval, ShardCalculator.Interval);
        string what = resume is null ? "now" : "where it ended";
        queue.Log.Started(queue.Name, queue.Url, string.Create(CultureInfo.InvariantCulture, $"{what}, {from.Record}"));
    }

    public RemoteWriteQueueCounters Counters => _queue.Counters;

    public void Start()
    {
        _log.Written += _changed.Set;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Ends the queue. What is not sent by then is sent when it starts again.</summary>
    /// <param name="flush">Whether what is in the log is sent first, as far as the receiver takes it.</param>
    /// <param name="deadline">Of that.</param>
    public async Task StopAsync(bool flush, TimeSpan deadline)
    {
        _isStopping = true;
        _changed.Set();
        await _loop.ConfigureAwait(false);
        _log.Written -= _changed.Set;
        if (flush)
        {
            ReadRest();
        }

        await _shards.StopAsync(flush, flush ? deadline : ReplacedDeadline, _queue.Clock).ConfigureAwait(false);
        RemoteWriteQueueCounters counters = _queue.Counters;
        (long samples, long histograms, long exemplars) = (counters[RemoteWriteCount.PendingSamples], counters[RemoteWriteCount.PendingHistograms], counters[RemoteWriteCount.PendingExemplars]);
        if (flush && samples + histograms + exemplars > 0)
        {
            _queue.Log.NotFlushed(_queue.Name, _queue.Url, (int)samples, (int)histograms, (int)exemplars);
        }

        _queue.Log.Stopped(_queue.Name, _queue.Url);
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _wake.DisposeAsync().ConfigureAwait(false);
        await _calculation.DisposeAsync().ConfigureAwait(false);
        _shards.Dispose();
        _progress.Dispose();
        _cursor.Dispose();
        _queue.Client.Dispose();
    }

    private void CalculateSoon()
    {
        _calculationIsDue = true;
        _changed.Set();
    }

    private async Task RunAsync()
    {
        while (!_isStopping)
        {
            TimeSpan? next = _pump.PushDue();
            if (_calculationIsDue)
            {
                _calculationIsDue = false;
                Calculate();
            }

            bool goesOn;
            try
            {
                goesOn = _wantedShards == _shards.Shards.Count ? Pump() : await TryReshardAsync().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Whatever is wrong with this place of the log, or with reading it: the queue must not end over it.
                next = PassOver(e);
                goesOn = next is null;
            }

            if (goesOn)
            {
                await Task.Yield();
                continue;
            }

            // A batch may have been begun since the first look.
            next = _pump.PushDue() is { } due && (next is null || due < next) ? due : next;
            _wake.Change(next ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            await _changed.WaitAsync().ConfigureAwait(false);
        }
    }

    // False when there is nothing to do until the signal.
    private bool Pump()
    {
        for (int i = 0; i < RecordsPerTurn; i++)
        {
            PumpResult result = _pump.Step();
            if (result != PumpResult.Fed)
            {
                if (result == PumpResult.AtEnd)
                {
                    _progress.SaveRead();
                }

                return false;
            }
        }

        return true;
    }

    private TimeSpan? PassOver(Exception e)
    {
        _queue.Counters.Add(RemoteWriteCount.DecodeFailures, 1);
        _queue.Log.LogUnreadable(_queue.Name, _queue.Url, e.Message);
        return _cursor.SkipSegment() ? null : PauseAfterError;
    }

    private void Calculate()
    {
        LogStatistics stored = _log.Statistics;
        int shards = _shards.Shards.Count;
        int wanted = _queue.Calculator.Calculate(
            shards, stored.Samples + stored.Exemplars + stored.Histograms, stored.NewestTime / 1000.0, Counters[RemoteWriteCount.NewestSent] / 1000.0);
        Counters.SetShardsDesired(_queue.Calculator.Desired);
        if (wanted == shards || _wantedShards != shards)
        {
            return;
        }

        long now = _queue.Now;
        if (_queue.LastSent < now - (long)ShardCalculator.Interval.TotalMilliseconds)
        {
            _queue.Log.ReshardingSkipped(_queue.Name, _queue.Url, "last successful send was beyond threshold");
        }
        else if (now < _queue.ReshardingDisabledUntil)
        {
            _queue.Log.ReshardingSkipped(_queue.Name, _queue.Url, "resharding is disabled while waiting for recoverable errors");
        }
        else
        {
            _queue.Log.Resharding(_queue.Name, _queue.Url, shards, wanted);
            _wantedShards = wanted;
        }
    }

    // The shards that are must have sent everything before others begin, so that the samples of a series stay in order. Nothing is read meanwhile.
    private async Task<bool> TryReshardAsync()
    {
        if (!_pump.PushAll() || !_shards.IsIdle)
        {
            return false;
        }

        await _shards.StopAsync(send: true, Timeout.InfiniteTimeSpan, _queue.Clock).ConfigureAwait(false);
        _shards.Dispose();
        _shards = new ShardSet(_wantedShards, _queue, _progress, _pool, _changed, _pump.Mark);
        _pump.SetShards(_shards.Shards);
        return true;
    }

    // Up to what is written now, or until a shard is full: the rest is for the next start.
    private void ReadRest()
    {
        LogPosition end = _log.End;
        try
        {
            while (_pump.Mark.Record < end && _pump.Step() == PumpResult.Fed)
            {
            }
        }
        catch (IOException e)
        {
            PassOver(e);
        }

        _pump.PushAll();
    }
}
