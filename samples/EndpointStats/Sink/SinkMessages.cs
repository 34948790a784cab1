using System.Text.Json;

namespace EndpointStats.Sink;

/// <summary>The last messages. Thread-safe.</summary>
internal sealed class SinkMessages(TimeProvider clock)
{
    private const int Capacity = 100;

    private readonly Lock _lock = new();
    private readonly Queue<SinkMessage> _messages = new();
    private long _number;

    public void Add(string kind, JsonElement body)
    {
        lock (_lock)
        {
            if (_messages.Count == Capacity)
            {
                _messages.Dequeue();
            }

            _messages.Enqueue(new SinkMessage(++_number, clock.GetUtcNow(), kind, body));
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<SinkMessage> All()
    {
        lock (_lock)
        {
            return [.. _messages];
        }
    }
}
