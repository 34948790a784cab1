namespace Pharos.Alerting.Receivers;

/// <summary>What a receiver answered.</summary>
/// <param name="Status">The status code.</param>
/// <param name="ContentType">The media type; empty where there is none.</param>
/// <param name="Body">The beginning of the body.</param>
/// <param name="RetryAfter">What it asked to wait; null when it said nothing.</param>
internal sealed record PostedAnswer(int Status, string ContentType, string Body, TimeSpan? RetryAfter)
{
    private const int MaxShown = 500;

    /// <summary>The answer as upstream judges it: 2xx is success, 5xx is tried again; here 429 is as well, after the time it names.</summary>
    public DeliveryResult Judge()
    {
        const int TooManyRequests = 429;
        if (Status / 100 == 2)
        {
            return DeliveryResult.Delivered;
        }

        string detail = Body.Length == 0 ? "" : $": {Shorten(Body)}";
        bool isRetryable = Status / 100 == 5 || Status == TooManyRequests;
        DeliveryFailure failure = Status switch
        {
            401 or 403 => DeliveryFailure.Authentication,
            TooManyRequests => DeliveryFailure.RateLimited,
            >= 400 and < 500 => DeliveryFailure.ClientError,
            >= 500 and < 600 => DeliveryFailure.ServerError,
            _ => DeliveryFailure.Other,
        };
        return new DeliveryResult(isRetryable ? DeliveryOutcome.Retryable : DeliveryOutcome.Failed, $"unexpected status code {Status}{detail}", failure, RetryAfter);
    }

    /// <summary>As much of a text as a message shows.</summary>
    public static string Shorten(string text) => text.Length <= MaxShown ? text : string.Concat(text.AsSpan(0, MaxShown), "…");
}
