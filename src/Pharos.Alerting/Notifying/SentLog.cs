namespace Pharos.Alerting.Notifying;

/// <summary>The last messages, newest first: what "why was I woken" and "why not" are answered from. Bounded in messages and in alerts. Thread-safe.</summary>
public sealed class SentLog
{
    private readonly Lock _lock = new(); // guards the messages
    private readonly LinkedList<SentMessage> _messages = new();
    private readonly int _maxMessages;
    private readonly int _maxAlerts;
    private int _alerts;

    /// <param name="maxMessages">Most messages.</param>
    /// <param name="maxAlerts">Most alerts in all of them together.</param>
    public SentLog(int maxMessages = 10_000, int maxAlerts = 100_000)
    {
        _maxMessages = maxMessages;
        _maxAlerts = maxAlerts;
    }

    /// <summary>The newest ones, newest first.</summary>
    public IReadOnlyList<SentMessage> Newest(int limit)
    {
        lock (_lock)
        {
            return [.. _messages.Take(limit)];
        }
    }

    /// <summary>Those of one alert, newest first.</summary>
    public IReadOnlyList<SentMessage> Of(ulong fingerprint, int limit) => Where(message => message.Alerts.Any(alert => alert.Fingerprint == fingerprint), limit);

    /// <summary>Those that satisfy a condition, newest first.</summary>
    public IReadOnlyList<SentMessage> Where(Func<SentMessage, bool> condition, int limit)
    {
        lock (_lock)
        {
            return [.. _messages.Where(condition).Take(limit)];
        }
    }

    internal void Add(SentMessage message)
    {
        lock (_lock)
        {
            // Nearly always the newest; messages that ended at the same moment may come in any order.
            LinkedListNode<SentMessage>? before = _messages.First;
            while (before is not null && before.Value.Time > message.Time)
            {
                before = before.Next;
            }

            if (before is null)
            {
                _messages.AddLast(message);
            }
            else
            {
                _messages.AddBefore(before, message);
            }

            _alerts += message.Alerts.Count;
            while (_messages.Count > _maxMessages || (_alerts > _maxAlerts && _messages.Count > 1))
            {
                _alerts -= _messages.Last!.Value.Alerts.Count;
                _messages.RemoveLast();
            }
        }
    }
}
