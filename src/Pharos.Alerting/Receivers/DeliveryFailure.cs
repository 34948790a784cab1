namespace Pharos.Alerting.Receivers;

/// <summary>Why an attempt failed, as upstream's metric <c>alertmanager_notifications_failed_total</c> tells apart.</summary>
public enum DeliveryFailure
{
    /// <summary><c>other</c></summary>
    Other = 0,

    /// <summary><c>clientError</c>: status 4xx</summary>
    ClientError,

    /// <summary><c>serverError</c>: status 5xx</summary>
    ServerError,

    /// <summary><c>contextCanceled</c></summary>
    Canceled,

    /// <summary><c>contextDeadlineExceeded</c></summary>
    DeadlineExceeded,

    /// <summary><c>authError</c>: status 401 and 403</summary>
    Authentication,

    /// <summary><c>rateLimited</c>: status 429</summary>
    RateLimited,
}
