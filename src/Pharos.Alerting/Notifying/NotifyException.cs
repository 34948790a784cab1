using Pharos.Alerting.Receivers;

namespace Pharos.Alerting.Notifying;

/// <summary>A message was given up. The next flush of the group tries anew.</summary>
internal sealed class NotifyException : Exception
{
    public NotifyException(string message, DeliveryFailure failure)
        : base(message)
    {
        Failure = failure;
    }

    public DeliveryFailure Failure { get; }
}
