using System.Threading.RateLimiting;
using Pharos.Instrumentation;

namespace EndpointStats.Limits;

/// <summary>How often one may sign in: some attempts a second for all together. Counts what it decides. Thread-safe.</summary>
internal sealed class RequestLimits : IDisposable
{
    private const int Burst = 6;
    private const int PerSecond = 3;

    private readonly TokenBucketRateLimiter _limiter = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = Burst,
        TokensPerPeriod = PerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
        AutoReplenishment = true,
    });

    private readonly Counter _allowed;
    private readonly Counter _rejected;

    public RequestLimits(MetricRegistry registry)
    {
        MetricFamily<Counter> decisions = registry.CounterFamily("rate_limit_decisions_total", "Requests that the rate limiter let through or turned away.", ["decision"]);
        _allowed = decisions.With("allowed");
        _rejected = decisions.With("rejected");
    }

    /// <summary>Whether the next one may pass.</summary>
    public bool Allows()
    {
        using RateLimitLease lease = _limiter.AttemptAcquire();
        (lease.IsAcquired ? _allowed : _rejected).Increment();
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
