using Pharos.Core.Contracts;

namespace Pharos.Alerting.Receivers;

/// <summary>Tells one receiver in one way. Callable from any thread. Disposing it closes its connections; no call may run then.</summary>
public interface IIntegration : IDisposable
{
    /// <summary><c>slack</c>, <c>webhook</c>, <c>email</c> ….</summary>
    string Kind { get; }

    /// <summary>From 0 among those of the kind in the receiver.</summary>
    int Index { get; }

    /// <summary>Whether it is to hear of resolved alerts; the caller leaves them out otherwise.</summary>
    bool SendResolved { get; }

    /// <summary>Where messages go, for people, as <c>#incidents</c>: what is configured, templates not expanded; empty where there is nothing to show. No secret.</summary>
    string Channel { get; }

    /// <summary>Why it never delivers; null when it may.</summary>
    string? Unavailable { get; }

    /// <summary>Makes one attempt to send one message. Throws nothing but <see cref="OperationCanceledException"/> of the token; everything else is in the result.</summary>
    /// <param name="group">What the message is about.</param>
    /// <param name="alerts">At least one, in the order in which they are told.</param>
    /// <param name="cancellationToken">Ends the attempt; there is no time-out but it and the integration's own.</param>
    Task<DeliveryResult> NotifyAsync(NotificationGroup group, IReadOnlyList<Alert> alerts, CancellationToken cancellationToken);
}
