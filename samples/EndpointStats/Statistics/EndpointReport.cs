namespace EndpointStats.Statistics;

/// <summary>What <c>/api/stats</c> says of one endpoint. Quantiles are those of the last requests, in seconds.</summary>
internal sealed record EndpointReport(string Method, string Endpoint, long Requests, long Errors, double MeanSeconds, double P50Seconds, double P95Seconds, double P99Seconds);
