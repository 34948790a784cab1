using Pharos.Core.Contracts;

namespace Pharos.Storage.Head;

/// <summary>Forces the logs to disk at intervals. A failure is told once, until it works again.</summary>
internal sealed class LogSync : IDisposable
{
    private readonly SeriesLog _log;
    private readonly OutOfOrderLog _outOfOrderLog;
    private readonly Action<TsdbMessage>? _tell;
    private readonly ITimer _timer;
    private readonly Lock _turn = new();
    private bool _isClosed;
    private bool _isTold;

    private LogSync(SeriesLog log, OutOfOrderLog outOfOrderLog, TsdbOptions options, TimeSpan interval)
    {
        _log = log;
        _outOfOrderLog = outOfOrderLog;
        _tell = options.Log;
        _timer = options.TimeProvider.CreateTimer(static state => ((LogSync)state!).Run(), this, interval, interval);
    }

    /// <summary>Null where the options want no intervals.</summary>
    public static LogSync? Start(SeriesLog log, OutOfOrderLog outOfOrderLog, TsdbOptions options) =>
        options.WalSyncInterval is { } interval && interval > TimeSpan.Zero ? new LogSync(log, outOfOrderLog, options, interval) : null;

    /// <summary>Returns when no turn runs any more.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_turn)
        {
            _isClosed = true;
        }
    }

    private void Run()
    {
        if (!_turn.TryEnter())
        {
            return;
        }

        try
        {
            if (!_isClosed)
            {
                _outOfOrderLog.SyncUpTo(_outOfOrderLog.BytesWritten);
                _log.SyncUpTo(_log.Writer.BytesWritten);
                _isTold = false;
            }
        }
        catch (StorageUnavailableException e)
        {
            if (!_isTold)
            {
                _tell?.Invoke(new TsdbMessage(TsdbSeverity.Error, $"{e.Message}; a power cut would cost what was taken since, to be tried again"));
            }

            _isTold = true;
        }
        finally
        {
            _turn.Exit();
        }
    }
}
