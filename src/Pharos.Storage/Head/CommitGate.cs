namespace Pharos.Storage.Head;

/// <summary>
/// Two rooms, never both in use: one applier (commits come one after another anyway) or any number of readers who copy lines. So a copy holds all of a commit or nothing of it.
/// </summary>
/// <remarks>
/// Turns alternate under load: readers who arrive while an applier waits come after it, and those who wait when it leaves come before the next one. Both stay tens of
/// microseconds. The monitor guards all fields.
/// </remarks>
internal sealed class CommitGate
{
    private readonly object _lock = new();
    private int _readers;
    private int _waitingReaders;
    private int _admittedReaders;
    private bool _applying;
    private bool _applierWaits;

    public void EnterApply()
    {
        lock (_lock)
        {
            _applierWaits = true;
            while (_readers > 0 || _admittedReaders > 0 || _applying)
            {
                Monitor.Wait(_lock);
            }

            _applierWaits = false;
            _applying = true;
        }
    }

    public void ExitApply()
    {
        lock (_lock)
        {
            _applying = false;
            _admittedReaders = _waitingReaders;
            if (_waitingReaders > 0 || _applierWaits)
            {
                Monitor.PulseAll(_lock);
            }
        }
    }

    public void EnterRead()
    {
        lock (_lock)
        {
            if (_applying || _applierWaits)
            {
                _waitingReaders++;
                while (_applying || (_admittedReaders == 0 && _applierWaits))
                {
                    Monitor.Wait(_lock);
                }

                _waitingReaders--;
                _admittedReaders = Math.Max(0, _admittedReaders - 1);
            }

            _readers++;
        }
    }

    public void ExitRead()
    {
        lock (_lock)
        {
            if (--_readers == 0 && _applierWaits)
            {
                Monitor.PulseAll(_lock);
            }
        }
    }
}
