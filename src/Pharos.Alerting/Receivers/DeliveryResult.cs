namespace Pharos.Alerting.Receivers;

/// <summary>What became of one attempt to tell a receiver.</summary>
/// <param name="Outcome">Whether to try again.</param>
/// <param name="Reason">Why it was not delivered, in upstream's words, without a secret; empty when it was.</param>
/// <param name="Failure">The kind of the failure.</param>
/// <param name="RetryAfter">What the receiver asked to wait; null when it said nothing.</param>
public sealed record DeliveryResult(DeliveryOutcome Outcome, string Reason = "", DeliveryFailure Failure = DeliveryFailure.Other, TimeSpan? RetryAfter = null)
{
    /// <summary>The receiver took the message.</summary>
    public static DeliveryResult Delivered { get; } = new(DeliveryOutcome.Delivered);
}
