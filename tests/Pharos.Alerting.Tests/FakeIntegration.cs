using System.Collections.Concurrent;
using Pharos.Alerting.Receivers;
using Pharos.Core.Contracts;

namespace Pharos.Alerting.Tests;

/// <summary>An integration that keeps what it is told and answers as a test says.</summary>
internal sealed class FakeIntegration(string kind = "webhook", int index = 0, bool sendResolved = true) : IIntegration
{
    private readonly ConcurrentQueue<FakeMessage> _messages = new();
    private int _attempts;

    public Func<int, CancellationToken, Task<DeliveryResult>> Answer { get; set; } = static (_, _) => Task.FromResult(DeliveryResult.Delivered);

    public IReadOnlyList<FakeMessage> Messages => [.. _messages];

    public int Attempts => Volatile.Read(ref _attempts);

    public bool IsDisposed { get; private set; }

    public string Kind => kind;

    public int Index => index;

    public bool SendResolved => sendResolved;

    public string Channel => "#test";

    public string? Unavailable => null;

    public async Task<DeliveryResult> NotifyAsync(NotificationGroup group, IReadOnlyList<Alert> alerts, CancellationToken cancellationToken)
    {
        DeliveryResult result = await Answer(Interlocked.Increment(ref _attempts), cancellationToken);
        if (result.Outcome == DeliveryOutcome.Delivered)
        {
            _messages.Enqueue(new FakeMessage(group, alerts));
        }

        return result;
    }

    public void Dispose() => IsDisposed = true;
}
