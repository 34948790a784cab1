namespace Pharos.Alerting.Notifying;

/// <summary>Spares one integration: so many messages at once, and none before it wants one again. Thread-safe.</summary>
internal sealed class IntegrationGate : IDisposable
{
    /// <summary>Most messages on their way at once; a storm of groups waits here and not in sockets.</summary>
    public const int MaxAtOnce = 64;

    private long _notBefore;

    public SemaphoreSlim Slots { get; } = new(MaxAtOnce);

    /// <summary>The first moment at which it wants a message, in milliseconds since the Unix epoch, as its last 429 or 503 said.</summary>
    public long NotBefore => Interlocked.Read(ref _notBefore);

    /// <summary>Takes what the integration asked for; a later moment that it named before stays.</summary>
    public void HoldUntil(long time)
    {
        long seen = NotBefore;
        while (time > seen)
        {
            long current = Interlocked.CompareExchange(ref _notBefore, time, seen);
            if (current == seen)
            {
                return;
            }

            seen = current;
        }
    }

    public void Dispose() => Slots.Dispose();
}
