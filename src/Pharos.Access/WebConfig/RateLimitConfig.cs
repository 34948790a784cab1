namespace Pharos.Access.WebConfig;

/// <summary><c>rate_limit</c>: for all requests together.</summary>
/// <param name="Interval">Between two requests; zero switches it off.</param>
/// <param name="Burst">How many may come at once; with 0 none is ever answered, as upstream.</param>
public sealed record RateLimitConfig(TimeSpan Interval, int Burst);
