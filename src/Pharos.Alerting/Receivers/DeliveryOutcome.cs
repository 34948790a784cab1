namespace Pharos.Alerting.Receivers;

/// <summary>How an attempt to tell a receiver ended.</summary>
public enum DeliveryOutcome
{
    /// <summary>The receiver took the message.</summary>
    Delivered = 0,

    /// <summary>It did not, and may another time.</summary>
    Retryable,

    /// <summary>It did not and will not.</summary>
    Failed,
}
