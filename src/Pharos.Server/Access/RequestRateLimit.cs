using Pharos.Access.WebConfig;

namespace Pharos.Server.Access;

/// <summary>The <c>rate_limit</c> of the web configuration: one bucket of tokens for all requests.</summary>
internal sealed class RequestRateLimit
{
    private readonly TimeProvider _clock;
    private readonly RateLimitConfig _config;

    /// <summary>Guards the bucket.</summary>
    private readonly Lock _lock = new();
    private double _tokens;
    private long _filled;

    public RequestRateLimit(RateLimitConfig config, TimeProvider clock)
    {
        _clock = clock;
        _config = config;
        _tokens = config.Burst;
        _filled = clock.GetTimestamp();
    }

    public RateLimitConfig Config => _config;

    /// <summary>Takes a token; false when there is none.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            long now = _clock.GetTimestamp();
            _tokens = Math.Min(_config.Burst, _tokens + (_clock.GetElapsedTime(_filled, now) / _config.Interval));
            _filled = now;
            if (_tokens < 1)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }
}
